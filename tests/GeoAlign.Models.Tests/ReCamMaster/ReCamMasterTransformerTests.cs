using GeoAlign.Grpo;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public sealed class ReCamMasterTransformerTests : IDisposable
{
    private const double Tolerance = 1e-5, GradientTolerance = 1e-6;      // those of the golden files

    private static readonly FixtureTensors Golden = FixtureTensors.Load("models", "recammaster_tiny.io.safetensors");

    private static readonly ReCamMasterConfig Config = new()
    {
        Width = 40, Heads = 2, Layers = 2, FeedForwardWidth = 80, TimeWidth = 64, TextWidth = 16, TextTokens = 9,
    };

    private static readonly LatentShape Shape = new(3, 4, 6);

    private static readonly ReCamMasterInputs Inputs = new()
    {
        Shape = Shape, SourceLatents = Golden["in.source_latents"].Floats(), Poses = Golden["in.cam_emb"].Floats(),
        Text = new TokenFeatures(9, 16, Golden["in.context"].Floats()),
    };

    private readonly ReCamMasterTransformer _network = Load();
    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void Every_intermediate_meets_its_golden_value()
    {
        Dictionary<string, double[]> seen = [];
        void Record(string name, Tensor x) => seen.TryAdd(name, RedirectorFixture.Values(x));
        double[] velocity = RedirectorFixture.Values(
            _network.Velocity(Latents(), Timesteps, _network.Encode([Inputs], Record), Shape, probe: Record));

        foreach (string name in new[]
        {
            "time_embedding", "time_projection", "text_embedding", "tokens_in", "b0.self_attn_in", "b0.q_normed", "b0.k_normed", "b0.v", "b0.q_rope",
            "b0.k_rope", "b0.v_rot", "b0.attn", "b0.o", "b0.self_attn_out", "b0.projector", "b0.cross_attn_out", "b0.ffn_out", "b0.out", "b1.out",
        })
            Near.Equal(Golden["mid." + name].Values, seen[name], Tolerance, what: name);

        double[] encoder = Golden["mid.b0.cam_encoder"].Values;
        Near.Equal((double[])[.. encoder, .. encoder], seen["b0.cam_encoder"], Tolerance, what: "cam_encoder of target and source frames");
        Near.Equal(Golden["mid.head_out"].Values.AsSpan(0, seen["head_out"].Length), seen["head_out"], Tolerance, what: "head_out of the target");
        Near.Equal(Golden["out"].Values, velocity, Tolerance, what: "out");
    }

    [Fact]
    public void The_head_over_all_tokens_gives_the_golden_frames_of_the_source_too()
    {
        FlowPass pass = _network.Begin(Latents(), Timesteps, _network.Encode([Inputs]), Shape, negative: false);
        Tensor x = pass.Tokens;
        for (int i = 0; i < Config.Layers; i++) x = _network.RunBlock(i, x, pass);
        LatentShape both = Shape with { Frames = 2 * Shape.Frames };

        Tensor all = _network.RunHead(x, pass with { TargetTokens = both.Tokens, Shape = both });

        Near.Equal(Golden["out_full"].Values, RedirectorFixture.Values(all), Tolerance, what: "out_full");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_meet_their_golden_values_with_activations_kept_or_computed_again(bool recompute)
    {
        using FlowPolicy policy = new(Load(), new FlowPolicyOptions { Selection = WeightSelection.ReCamMaster, RecomputeActivations = recompute });
        using FlowCondition condition = policy.Network.Prepare(Inputs);
        double[] target = Golden["loss_target"].Values;
        double loss = 0;
        policy.Backpropagate(condition, Timesteps[0] / 1000.0, 1, Golden["in.latents"].Floats(), (v, gradient) =>
        {
            for (int i = 0; i < v.Length; i++)
            {
                gradient[i] = (float)(2 * (v[i] - target[i]) / v.Length);
                loss += (v[i] - target[i]) * (v[i] - target[i]) / v.Length;
            }
        });

        Near.Equal(Golden["loss"].Values, [loss], Tolerance, what: "loss");
        Dictionary<string, Parameter> weights = RedirectorFixture.Weights(policy.Network);
        string[] golden = [.. Golden.Names.Where(name => name.StartsWith("grad.", StringComparison.Ordinal))];
        Assert.Equal(golden.Select(name => name["grad.".Length..]).Order(), policy.TrainedWeights.Order());
        foreach (string name in golden)
            Near.Equal(Golden[name].Values, RedirectorFixture.Values(weights[name["grad.".Length..]].grad!), GradientTolerance, what: name);
    }

    [Fact]
    public void The_released_network_has_the_released_keys_without_any_memory()
    {
        using ReCamMasterTransformer network = new(ReCamMasterConfig.Release, META, ScalarType.BFloat16);
        List<(string Name, IReadOnlyList<long> Shape)> found =
            [.. network.named_parameters().Select(p => (p.Item1, (IReadOnlyList<long>)p.Item2.shape))];
        List<(string Name, IReadOnlyList<long> Shape)> released = KeyList.Load("recammaster_1_3b");

        Assert.Equal(Lines(released), Lines(WanKeys.Of(ReCamMasterConfig.Release)));
        Assert.Equal(Lines(released).Order(StringComparer.Ordinal), Lines(found).Order(StringComparer.Ordinal));
        Assert.Equal(CheckpointFingerprint.Of(released), CheckpointFingerprint.Of(found));
        Assert.Equal((945, 1_490_420_800), (found.Count, network.named_parameters().Sum(p => p.Item2.numel())));
        Assert.Equal((420, 354_816_000), Count(WeightSelection.ReCamMaster));

        (int, long) Count(WeightSelection selection)
        {
            var chosen = network.named_parameters().Where(p => selection.Includes(p.Item1)).ToList();
            return (chosen.Count, chosen.Sum(p => p.Item2.numel()));
        }
    }

    [Fact]
    public void Started_from_text_to_video_poses_have_no_influence_yet()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("base.safetensors");
        SafetensorsWriter.Write(path, ModuleWeights.ToWrite(_network.named_parameters().Where(p => !WanKeys.IsPoseLayer(p.Item1))));
        using IWeightSource source = WeightSources.Open(path);
        using ReCamMasterTransformer started = ReCamMasterTransformer.Load(Config, source);

        double[] one = Velocity(Inputs), other = Velocity(Inputs with { Poses = new float[36] });

        Assert.Equal(one, other);
        Assert.NotEqual(Golden["out"].Values, one);

        double[] Velocity(ReCamMasterInputs inputs) =>
            RedirectorFixture.Values(started.Velocity(Latents(), Timesteps, started.Encode([inputs]), Shape));
    }

    [Fact]
    public void Samples_of_a_batch_do_not_mix()
    {
        ReCamMasterInputs other = Inputs with { Poses = Array.ConvertAll(Inputs.Poses.ToArray(), p => -p), SourceLatents = new float[Shape.Count] };
        Tensor noise = tensor(Array.ConvertAll(Golden["in.latents"].Floats(), x => 0.5f - x), [1, 16, 3, 4, 6]);

        Tensor together = _network.Velocity(cat([Latents(), noise, Latents()], dim: 0), [Timesteps[0], 300, 900], _network.Encode([Inputs, other, Inputs]), Shape);
        Tensor alone = _network.Velocity(noise, [300], _network.Encode([other]), Shape);

        double[] all = RedirectorFixture.Values(together);
        Near.Equal(Golden["out"].Values, all.AsSpan(0, Shape.Count), Tolerance, what: "first sample");
        Near.Equal(RedirectorFixture.Values(alone), all.AsSpan(Shape.Count, Shape.Count), 2e-6, what: "second sample");
    }

    [Fact]
    public void Poses_that_do_not_fit_are_refused()
    {
        string message = Assert.ThrowsAny<ArgumentException>(() => _network.Prepare(Inputs with { Poses = new float[12] })).Message;

        Assert.Contains("Poses has 12 numbers, expected 36 for [3, 12]", message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _network.Dispose();
    }

    private static float[] Timesteps => Golden["in.timestep"].Floats();

    private static Tensor Latents() => tensor(Golden["in.latents"].Floats(), [1, 16, 3, 4, 6]);

    private static ReCamMasterTransformer Load()
    {
        using IWeightSource weights = WeightSources.Open(Repository.Fixture("models", "recammaster_tiny.weights.safetensors"));
        return ReCamMasterTransformer.Load(Config, weights);
    }

    private static IEnumerable<string> Lines(IEnumerable<(string Name, IReadOnlyList<long> Shape)> keys) =>
        keys.Select(k => k.Name + " " + string.Join(' ', k.Shape));
}
