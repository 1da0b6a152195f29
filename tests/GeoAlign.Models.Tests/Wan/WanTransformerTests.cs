using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>Wan2.1 text-to-video on a grid of 2 × 3 tokens and 3 frames: two samples of two timesteps in one batch.</summary>
public sealed class WanTransformerTests : IDisposable
{
    private const int Samples = 2;
    private const double Tolerance = 1e-5, GradientTolerance = 1e-6;      // those of the golden files

    private static readonly FixtureTensors Golden = FixtureTensors.Load("models", "wan_t2v_tiny.io.safetensors");

    internal static WanConfig Config { get; } = new()
    {
        Width = 64, Heads = 2, Layers = 2, FeedForwardWidth = 160, TimeWidth = 256, TextWidth = 24, TextTokens = 10,
    };

    private static readonly LatentShape Shape = new(3, 4, 6);

    private readonly WanTransformer _network = Load(ScalarType.Float32);
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void Every_intermediate_of_a_batch_meets_its_golden_value()
    {
        Dictionary<string, double[]> seen = [];
        Tensor velocity = Velocity(_network, (name, x) => seen.TryAdd(name, RedirectorFixture.Values(x)));

        foreach (string name in new[]
        {
            "sinusoidal", "time_embedding", "time_projection", "text_embedding", "tokens_in", "b0.self_attn_in", "b0.q_normed", "b0.k_normed", "b0.v",
            "b0.q_rope", "b0.k_rope", "b0.v_rot", "b0.attn", "b0.o", "b0.self_attn_out", "b0.cross_attn_out", "b0.ffn_out", "b0.out", "b1.out", "head_out",
        })
            Near.Equal(Golden["mid." + name].Values, seen[name], Tolerance, what: name);
        Near.Equal(Golden["out"].Values, RedirectorFixture.Values(velocity), Tolerance, what: "out");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_meet_the_golden_values_with_activations_kept_or_computed_again(bool recompute)
    {
        Dictionary<string, Parameter> weights = RedirectorFixture.Weights(_network);
        foreach (Parameter weight in weights.Values) weight.requires_grad = true;
        Tensor target = tensor(Golden["loss_target"].Values, [Samples, 16, 3, 4, 6], dtype: ScalarType.Float32);
        double loss;
        if (recompute)
        {
            RecomputedVelocity velocity = RecomputedVelocity.Of(_network, Latents(), Timesteps, _network.Encode(Inputs), Shape, negative: false);
            Tensor difference = velocity.Value - target;
            loss = difference.square().mean().ToDouble();
            velocity.Backward(difference * (2.0 / difference.numel()));
        }
        else
        {
            Tensor mean = (Velocity(_network, null) - target).square().mean();
            loss = mean.ToDouble();
            mean.backward();
        }

        Near.Equal(Golden["loss"].Values, [loss], Tolerance, what: "loss");
        string[] golden = [.. Golden.Names.Where(name => name.StartsWith("grad.", StringComparison.Ordinal))];
        Assert.Equal(20, golden.Length);
        foreach (string name in golden)
            Near.Equal(Golden[name].Values, RedirectorFixture.Values(weights[name["grad.".Length..]].grad!), GradientTolerance, what: name);
    }

    [Fact]
    public void Bfloat16_products_stay_close_while_modulation_and_time_stay_exact()
    {
        using WanTransformer network = Load(ScalarType.BFloat16);
        Dictionary<string, Parameter> weights = RedirectorFixture.Weights(network);
        Dictionary<string, double[]> seen = [];
        double[] output = RedirectorFixture.Values(Velocity(network, (name, x) => seen.TryAdd(name, RedirectorFixture.Values(x))));

        Assert.Equal(ScalarType.BFloat16, weights["blocks.0.ffn.0.weight"].dtype);
        Assert.Equal(ScalarType.Float32, weights["blocks.0.modulation"].dtype);
        Near.Equal(Golden["mid.time_projection"].Values, seen["time_projection"], Tolerance, what: "time_projection");
        double[] expected = Golden["out"].Values;
        double error = Math.Sqrt(expected.Zip(output, (a, b) => (a - b) * (a - b)).Sum() / expected.Sum(a => a * a));
        Assert.InRange(error, 1e-5, 2e-2);      // 8 bits of mantissa through two blocks
    }

    [Theory]
    [InlineData("wan21_t2v_1_3b", 1_418_996_800, "9269f8db9040a9d860eaca435be61814")]
    [InlineData("wan21_fun_v11_1_3b_control_camera", 1_616_313_152, "ac6a5aa74f4a0aab6f64eb9a72f19901")]
    public void The_released_networks_have_the_released_keys_without_any_memory(string list, long parameters, string fingerprint)
    {
        WanConfig config = list.Contains("t2v", StringComparison.Ordinal) ? WanConfig.TextToVideo1300M : WanConfig.FunControlCamera1300M;
        using WanTransformer network = new(config, META, ScalarType.BFloat16);
        List<(string Name, IReadOnlyList<long> Shape)> found =
            [.. network.named_parameters().Select(p => (p.Item1, (IReadOnlyList<long>)p.Item2.shape))];

        Assert.Equal(Lines(KeyList.Load(list)), Lines(WanKeys.Of(config)));
        Assert.Equal(Lines(KeyList.Load(list)).Order(StringComparer.Ordinal), Lines(found).Order(StringComparer.Ordinal));
        Assert.Equal(parameters, network.named_parameters().Sum(p => p.Item2.numel()));
        Assert.Equal(fingerprint, CheckpointFingerprint.Of(found));
        Assert.Empty(network.named_buffers());
    }

    [Fact]
    public void The_14B_network_has_the_sizes_of_its_release()
    {
        using WanTransformer network = new(WanConfig.TextToVideo14B, META, ScalarType.BFloat16);

        Assert.Equal(14_288_491_584, network.named_parameters().Sum(p => p.Item2.numel()));
        Assert.Equal((128, 22, 21), (network.Sizes.HeadWidth, network.Sizes.FramePairs, network.Sizes.RowPairs));
    }

    [Fact]
    public void Control_camera_is_the_text_network_on_patches_that_camera_and_stacked_latents_were_added_to()
    {
        WanConfig config = Config with { ControlCamera = true, InputChannels = 32 };
        using WanTransformer fun = WanTransformer.CreateRandom(config, seed: 5);
        LatentShape shape = LatentShape.ForVideo(5, 32, 32);
        Random random = new(2);
        float[] camera = Numbers(random, 24 * 2 * 32 * 32), stacked = Numbers(random, shape.Count), noisy = Numbers(random, shape.Count);
        TokenFeatures text = new(3, 24, Numbers(random, 72));
        WanInputs inputs = new() { Shape = shape, Text = text, Camera = camera, StackedLatents = stacked };
        Dictionary<string, double[]> seen = [];
        Tensor x = tensor(noisy, [1, 16, 2, 4, 4]);
        fun.Velocity(x, [700], fun.Encode([inputs], Record), shape, probe: Record);

        // The same convolution over all 32 channels, written out.
        Tensor weight = RedirectorFixture.Weights(fun)["patch_embedding.weight"], bias = RedirectorFixture.Weights(fun)["patch_embedding.bias"];
        Tensor both = cat([x, tensor(stacked, [1, 16, 2, 4, 4])], dim: 1);
        Tensor patches = nn.functional.conv3d(both, weight, bias: bias, strides: [1, 2, 2]).flatten(start_dim: 2).transpose(1, 2);
        double[] expected = RedirectorFixture.Values(patches + tensor(seen["control_adapter"], [1, 8, 64]).to(ScalarType.Float32));
        Near.Equal(expected, seen["tokens_in"], 1e-5, what: "tokens");

        void Record(string name, Tensor t) => seen.TryAdd(name, RedirectorFixture.Values(t));
    }

    [Fact]
    public void Inputs_of_another_kind_or_size_are_refused()
    {
        WanInputs good = Inputs[0];
        using WanTransformer fun = WanTransformer.CreateRandom(Config with { ControlCamera = true, InputChannels = 32 }, seed: 5);

        Assert.Contains("no camera adapter", Refused(_network, good with { Camera = new float[5] }), StringComparison.Ordinal);
        Assert.Contains("no camera maps", Refused(fun, good), StringComparison.Ordinal);
        Assert.Contains("has 16 channels", Refused(_network, good with { StackedLatents = new float[Shape.Count] }), StringComparison.Ordinal);
        Assert.Contains("takes WanInputs, not RedirectorInputs", Refused(_network, RedirectorFixture.Inputs), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new WanTransformer(RedirectorConfig.Tiny, CPU, ScalarType.Float32));

        static string Refused(FlowTransformer network, FlowInputs inputs) =>
            Assert.ThrowsAny<ArgumentException>(() => network.Prepare(inputs)).Message;
    }

    [Fact]
    public void A_policy_over_text_to_video_predicts_and_learns()
    {
        WanTransformer network = Load(ScalarType.Float32);
        using FlowPolicy policy = new(network);
        using FlowCondition condition = policy.Network.Prepare(Inputs[0]);
        float[] latents = Golden["in.latents"].Floats()[..Shape.Count], velocity = new float[Shape.Count];
        double sigma = Golden["in.timestep"].Values[0] / 1000;
        policy.PredictVelocity(condition, sigma, 1, latents, velocity);

        Near.Equal(Golden["out"].Row(0), velocity, Tolerance, what: "velocity");
        Assert.Contains("20 tensors are trained: self-attention layers whole", policy.Summary, StringComparison.Ordinal);
        policy.Backpropagate(condition, sigma, 1, latents, (v, gradient) => v.CopyTo(gradient));
        Assert.True(policy.GradientNorm() > 0);
        policy.ApplyUpdate(1e-3, 1);
        float[] moved = new float[Shape.Count];
        policy.PredictVelocity(condition, sigma, 1, latents, moved);
        Assert.True(Norm(moved) < Norm(velocity));      // the loss was |v|²/2

        static double Norm(float[] values) => values.Sum(v => (double)v * v);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _network.Dispose();
    }

    private static WanInputs[] Inputs => [.. Enumerable.Range(0, Samples).Select(i => new WanInputs
    {
        Shape = Shape,
        Text = new TokenFeatures(10, 24, Array.ConvertAll(Golden["in.context"].Row(i).ToArray(), v => (float)v)),
    })];

    private static float[] Timesteps => Golden["in.timestep"].Floats();

    private static Tensor Latents() => tensor(Golden["in.latents"].Floats(), [Samples, 16, 3, 4, 6]);

    private static WanTransformer Load(ScalarType type)
    {
        using IWeightSource weights = WeightSources.Open(Repository.Fixture("models", "wan_t2v_tiny.weights.safetensors"));
        return WanTransformer.Load(Config, weights, type: type);
    }

    private static Tensor Velocity(WanTransformer network, Action<string, Tensor>? probe) =>
        network.Velocity(Latents(), Timesteps, network.Encode(Inputs, probe), Shape, probe: probe);

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(2 * random.NextDouble() - 1))];

    private static IEnumerable<string> Lines(IEnumerable<(string Name, IReadOnlyList<long> Shape)> keys) =>
        keys.Select(k => k.Name + " " + string.Join(' ', k.Shape));
}
