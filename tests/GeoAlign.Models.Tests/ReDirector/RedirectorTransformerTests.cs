using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class RedirectorTransformerTests
{
    private const double Tolerance = 1e-5, GradientTolerance = 1e-6;      // those of the golden files

    [Fact]
    public void Module_paths_are_the_derived_keys()
    {
        foreach (RedirectorConfig config in new[] { RedirectorConfig.Tiny, RedirectorFixture.Config })
        {
            using RedirectorTransformer network = RedirectorTransformer.CreateRandom(config, seed: 1);

            Assert.Equal(Lines(RedirectorKeys.Of(config)).Order(StringComparer.Ordinal),
                Lines(network.named_parameters().Select(p => (p.Item1, (IReadOnlyList<long>)p.Item2.shape))).Order(StringComparer.Ordinal));
            Assert.Empty(network.named_buffers());
        }
    }

    [Fact]
    public void The_released_network_has_the_released_keys()
    {
        using RedirectorTransformer network = new(RedirectorConfig.Release, META, ScalarType.BFloat16);      // shapes without memory

        Assert.Equal(Lines(KeyList.Load("redirector_1_3b")).Order(StringComparer.Ordinal),
            Lines(network.named_parameters().Select(p => (p.Item1, (IReadOnlyList<long>)p.Item2.shape))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_intermediate_meets_its_golden_value()
    {
        using RedirectorFixture fixture = new();
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, double[]> seen = Probe(fixture, out double[] output);

        foreach (string name in new[] { "sinusoidal", "time_embedding", "time_projection", "text_embedding", "img_emb", "tokens_in" })
            Check(name, seen[name]);
        foreach (string name in new[]
        {
            "self_attn_in", "phase_qk", "phase_vo", "q_normed", "k_normed", "v", "q_rope", "k_rope", "v_rot", "attn", "o", "self_attn_out",
            "cross_attn_out", "ffn_out", "out",
        }) Check("b0." + name, seen["b0." + name]);
        Check("b1.out", seen["b1.out"]);
        Check("head_out", seen["head_out"]);
        Near.Equal(RedirectorFixture.Golden["out"].Values, output, Tolerance, what: "out");

        static void Check(string name, double[] found) =>
            Near.Equal(RedirectorFixture.Golden["mid." + name].Values, found, Tolerance, what: name);
    }

    [Fact]
    public void Patches_and_camera_tokens_meet_their_golden_grids()
    {
        using RedirectorFixture fixture = new();
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, double[]> seen = Probe(fixture, out _);

        Near.Equal(TokensOf("mid.control_adapter"), seen["control_adapter"], Tolerance, what: "control_adapter");
        Near.Equal(TokensOf("mid.patch_embedding"), (double[])[.. seen["target_patches"], .. seen["condition_patches"]], Tolerance,
            what: "patch_embedding");
        Near.Equal(RedirectorFixture.Golden["mid.context"].Values, (double[])[.. seen["img_emb"], .. seen["text_embedding"]], Tolerance,
            what: "context");

        // [1, D, 2F, h, w] to [1, 2F·h·w, D].
        static double[] TokensOf(string name)
        {
            FixtureTensor grid = RedirectorFixture.Golden[name];
            int width = grid.Shape[1], tokens = grid.Values.Length / width;
            return [.. Enumerable.Range(0, grid.Values.Length).Select(i => grid.Values[i % width * tokens + i / width])];
        }
    }

    [Fact]
    public void Gradients_of_the_self_attention_weights_meet_their_golden_values()
    {
        using RedirectorFixture fixture = new();
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Parameter> weights = RedirectorFixture.Weights(fixture.Network);
        foreach (Parameter weight in weights.Values) weight.requires_grad = true;
        using RedirectorCondition condition = fixture.Network.Prepare(RedirectorFixture.Inputs);

        Tensor target = tensor(RedirectorFixture.Golden["loss_target"].Values, [1, 16, 2, 4, 4], dtype: ScalarType.Float32);
        Tensor loss = (Velocity(fixture, condition) - target).square().mean();
        loss.backward();

        Near.Equal(RedirectorFixture.Golden["loss"].Values, [loss.ToDouble()], Tolerance, what: "loss");
        string[] golden = [.. RedirectorFixture.Golden.Names.Where(name => name.StartsWith("grad.", StringComparison.Ordinal))];
        Assert.Equal(24, golden.Length);
        foreach (string name in golden)
            Near.Equal(RedirectorFixture.Golden[name].Values, RedirectorFixture.Values(weights[name["grad.".Length..]].grad!),
                GradientTolerance, what: name);
    }

    [Fact]
    public void Double_precision_gives_the_golden_output_too()
    {
        using RedirectorFixture fixture = new(ScalarType.Float64);
        using DisposeScope scope = NewDisposeScope();
        using RedirectorCondition condition = fixture.Network.Prepare(RedirectorFixture.Inputs);

        Tensor velocity = Velocity(fixture, condition, ScalarType.Float64);

        Assert.Equal(ScalarType.Float64, velocity.dtype);
        Near.Equal(RedirectorFixture.Golden["out"].Values, RedirectorFixture.Values(velocity), Tolerance, what: "out");
    }

    [Fact]
    public void Bfloat16_products_stay_close_and_keep_the_exact_parts_exact()
    {
        using RedirectorFixture fixture = new(ScalarType.BFloat16);
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Parameter> weights = RedirectorFixture.Weights(fixture.Network);
        Dictionary<string, double[]> seen = Probe(fixture, out double[] output);

        Assert.Equal(ScalarType.Float32, weights["blocks.0.self_attn.q.weight"].dtype);
        Assert.Equal(ScalarType.Float32, weights["blocks.0.modulation"].dtype);
        Assert.Equal(ScalarType.BFloat16, weights["blocks.0.ffn.0.weight"].dtype);
        Near.Equal(RedirectorFixture.Golden["mid.time_projection"].Values, seen["time_projection"], Tolerance, what: "time_projection");
        // 8 bits of mantissa: each product is off by up to 2⁻⁹ of its size; measured 0.015 on outputs of up to 4.9.
        Near.Equal(RedirectorFixture.Golden["out"].Values, output, 0.03, what: "out");
        Assert.True(output.Zip(RedirectorFixture.Golden["out"].Values, (a, b) => Math.Abs(a - b)).Max() > 1e-4, "bfloat16 leaves a trace");
    }

    [Fact]
    public void Condition_and_target_halves_are_told_apart_only_by_content()
    {
        // With equal latents and equal cameras in both halves each token has a twin, and the twin of an output token is the same number.
        using RedirectorFixture fixture = new();
        using DisposeScope scope = NewDisposeScope();
        RedirectorInputs twins = RedirectorFixture.Inputs with
        {
            ConditionLatents = RedirectorFixture.Golden["in.latents"].Floats(), ConditionCamera = RedirectorFixture.Inputs.TargetCamera,
        };
        using RedirectorCondition condition = fixture.Network.Prepare(twins);
        double[] last = [];

        Velocity(fixture, condition, probe: (name, x) => last = name == "b1.out" ? RedirectorFixture.Values(x) : last);

        Near.Equal(last.AsSpan(0, last.Length / 2), last.AsSpan(last.Length / 2), 1e-5, what: "condition half");
    }

    [Fact]
    public void A_batch_gives_what_its_members_give_alone()
    {
        using RedirectorFixture fixture = new();
        using DisposeScope scope = NewDisposeScope();
        using RedirectorCondition condition = fixture.Network.Prepare(RedirectorFixture.Inputs);
        Tensor first = RedirectorFixture.Latents(), second = first.flip(1) * 0.5;

        Tensor together = fixture.Network.Velocity(cat([first, second], dim: 0), [500f, 250f], condition);
        Tensor firstAlone = fixture.Network.Velocity(first, [500f], condition);
        Tensor secondAlone = fixture.Network.Velocity(second, [250f], condition);

        Near.Equal(RedirectorFixture.Values(firstAlone), RedirectorFixture.Values(together.narrow(0, 0, 1)), 2e-6, what: "first");
        Near.Equal(RedirectorFixture.Values(secondAlone), RedirectorFixture.Values(together.narrow(0, 1, 1)), 2e-6, what: "second");
    }

    [Fact]
    public void A_network_without_image_input_is_one_whose_image_values_are_zero()
    {
        using RedirectorFixture fixture = new();
        using TemporaryFolder folder = new();
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Parameter> weights = RedirectorFixture.Weights(fixture.Network);
        using (no_grad())
        {
            foreach ((string name, Parameter weight) in weights)
                if (name.Contains("v_img", StringComparison.Ordinal)) weight.zero_();
        }

        string path = folder.File("no-image.safetensors");
        SafetensorsWriter.Write(path, ModuleWeights.ToWrite(fixture.Network.named_parameters()
            .Where(p => !p.Item1.Contains("_img", StringComparison.Ordinal) && !p.Item1.StartsWith("img_emb", StringComparison.Ordinal))));
        using IWeightSource source = WeightSources.Open(path);
        using RedirectorTransformer without = RedirectorTransformer.Load(RedirectorFixture.Config with { ImageWidth = null }, source);

        using RedirectorCondition withImage = fixture.Network.Prepare(RedirectorFixture.Inputs);
        using RedirectorCondition withoutImage = without.Prepare(RedirectorFixture.Inputs with { Image = null });
        Tensor expected = Velocity(fixture, withImage);
        Tensor found = without.Velocity(RedirectorFixture.Latents(), Timestep, withoutImage);

        Near.Equal(RedirectorFixture.Values(expected), RedirectorFixture.Values(found), 1e-7, what: "velocity");
    }

    [Fact]
    public void A_base_without_phase_layers_loads_with_phases_of_zero()
    {
        using RedirectorFixture fixture = new();
        using TemporaryFolder folder = new();
        string path = folder.File("base.safetensors");
        SafetensorsWriter.Write(
            path, ModuleWeights.ToWrite(fixture.Network.named_parameters().Where(p => !RedirectorKeys.IsPhaseLayer(p.Item1))));

        using IWeightSource source = WeightSources.Open(path);
        using RedirectorTransformer loaded = RedirectorTransformer.Load(RedirectorFixture.Config, source);

        foreach ((string name, Parameter weight) in loaded.named_parameters())
        {
            double[] values = RedirectorFixture.Values(weight);
            if (RedirectorKeys.IsPhaseLayer(name)) Assert.All(values, v => Assert.Equal(0, v));
            else Assert.Equal(RedirectorFixture.Values(RedirectorFixture.Weights(fixture.Network)[name]), values);
        }
    }

    [Fact]
    public void A_partial_checkpoint_replaces_self_attention_only_and_unknown_keys_are_refused()
    {
        using RedirectorTransformer trained = RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, seed: 1);
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, seed: 2);
        using RedirectorTransformer original = RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, seed: 2);
        using TemporaryFolder folder = new();
        string step = folder.File("step.safetensors"), part = folder.File("part.safetensors"), whole = folder.File("whole.safetensors");
        trained.Save(step, selfAttentionOnly: true);
        trained.Save(whole);
        SafetensorsWriter.Write(part, ModuleWeights.ToWrite(
            trained.named_parameters().Where(p => p.Item1.StartsWith("blocks.1.self_attn.q", StringComparison.Ordinal))));

        using IWeightSource stepSource = WeightSources.Open(step), partSource = WeightSources.Open(part),
            wholeSource = WeightSources.Open(whole);
        Assert.Throws<WeightMismatchException>(() => network.LoadSelfAttention(wholeSource));
        WeightKeyReport partial = network.LoadSelfAttention(partSource);
        WeightKeyReport complete = network.LoadSelfAttention(stepSource);

        Assert.Equal((2, 22), (partial.Matching.Count, partial.Missing.Count));
        Assert.Equal((24, 0), (complete.Matching.Count, complete.Missing.Count));
        foreach ((string name, Parameter weight) in network.named_parameters())
        {
            RedirectorTransformer source = RedirectorKeys.IsSelfAttention(name) ? trained : original;
            Assert.Equal(RedirectorFixture.Values(RedirectorFixture.Weights(source)[name]), RedirectorFixture.Values(weight));
        }
    }

    [Fact]
    public void Weights_come_from_the_seed_alone()
    {
        manual_seed(5);
        double[] expectedDraw = RedirectorFixture.Values(rand(4));
        manual_seed(5);

        using RedirectorTransformer a = RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, seed: 9);
        using RedirectorTransformer b = RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny with { Layers = 1 }, seed: 9);
        using RedirectorTransformer c = RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, seed: 10);
        double[] draw = RedirectorFixture.Values(rand(4));

        Assert.Equal(expectedDraw, draw);                                       // libtorch's generator was not touched
        foreach ((string name, Parameter weight) in b.named_parameters())
            Assert.Equal(RedirectorFixture.Values(RedirectorFixture.Weights(a)[name]), RedirectorFixture.Values(weight));
        Assert.NotEqual(RedirectorFixture.Values(RedirectorFixture.Weights(a)["head.head.weight"]),
            RedirectorFixture.Values(RedirectorFixture.Weights(c)["head.head.weight"]));
        double[] kernel = RedirectorFixture.Values(RedirectorFixture.Weights(a)["control_adapter.conv.weight"]);
        Assert.InRange(kernel.Sum(v => v * v) / kernel.Length * 1536 * 4, 0.98, 1.02);      // variance 1/fan-in; 172,032 draws
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_refused_before_native_code_sees_them()
    {
        using RedirectorFixture fixture = new();
        RedirectorInputs good = RedirectorFixture.Inputs;
        float[] withNaN = [.. good.ConditionLatents.Span];
        withNaN[7] = float.NaN;

        foreach ((RedirectorInputs bad, string reason) in new[]
        {
            (good with { ConditionLatents = new float[3] }, "[16, 2, 4, 4]"),
            (good with { TargetCamera = new float[24] }, "[24, 2, 32, 32]"),
            (good with { ConditionLatents = withNaN }, "ConditionLatents[7] is NaN"),
            (good with { Text = good.Text! with { Width = 21 } }, "expected 1 to 12 of width 20"),
            (good with { Text = new TokenFeatures(13, 20, new float[260]) }, "expected 1 to 12"),
            (good with { Image = null }, "no image features"),
            (good with { Shape = new LatentShape(2, 3, 4) }, "even rows"),
        })
        {
            ArgumentException e = Assert.ThrowsAny<ArgumentException>(() => fixture.Network.Prepare(bad));
            Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_disposed_or_foreign_condition_is_refused()
    {
        using RedirectorFixture fixture = new(), other = new();
        using DisposeScope scope = NewDisposeScope();
        RedirectorCondition condition = fixture.Network.Prepare(RedirectorFixture.Inputs);

        Assert.Throws<ArgumentException>(() => other.Network.Velocity(RedirectorFixture.Latents(), Timestep, condition));
        condition.Dispose();
        condition.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Velocity(fixture, condition));
    }

    private static float[] Timestep => RedirectorFixture.Golden["in.timestep"].Floats();

    private static Tensor Velocity(RedirectorFixture fixture, RedirectorCondition condition, ScalarType type = ScalarType.Float32,
        Action<string, Tensor>? probe = null) =>
        fixture.Network.Velocity(RedirectorFixture.Latents(type), Timestep, condition, probe: probe);

    private static Dictionary<string, double[]> Probe(RedirectorFixture fixture, out double[] output)
    {
        Dictionary<string, double[]> seen = [];
        void Record(string name, Tensor x) => seen.TryAdd(name, RedirectorFixture.Values(x));
        using RedirectorCondition condition = fixture.Network.Prepare(RedirectorFixture.Inputs, Record);
        output = RedirectorFixture.Values(Velocity(fixture, condition, probe: Record));
        return seen;
    }

    private static IEnumerable<string> Lines(IEnumerable<(string Name, IReadOnlyList<long> Shape)> keys) =>
        keys.Select(k => k.Name + " " + string.Join(' ', k.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture))));
}
