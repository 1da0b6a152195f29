using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>
/// Without condition half, cameras and image the network is Wan2.1 text-to-video: golden values on a grid of 2 × 3 tokens and 3 frames.
/// </summary>
public sealed class PlainWanTests : IDisposable
{
    private const int Samples = 2;

    private static readonly FixtureTensors Golden = FixtureTensors.Load("models", "wan_t2v_tiny.io.safetensors");

    private static readonly RedirectorConfig Config = new()
    {
        Width = 64, Heads = 2, Layers = 2, FeedForwardWidth = 160, TimeWidth = 256, TextWidth = 24, TextTokens = 10, ImageWidth = null,
        InputChannels = 16,
    };

    private static readonly LatentShape Shape = new(3, 4, 6);

    private readonly RedirectorTransformer _network = RedirectorTransformer.CreateRandom(Config, seed: 1);      // phases are zero
    private readonly DisposeScope _scope = NewDisposeScope();

    public PlainWanTests()
    {
        using IWeightSource weights = WeightSources.Open(Repository.Fixture("models", "wan_t2v_tiny.weights.safetensors"));
        WeightKeyReport report = ModuleWeights.Load(_network, weights, KeyTolerance.Missing);
        Assert.All(report.Missing, name =>
            Assert.True(RedirectorKeys.IsPhaseLayer(name) || name.StartsWith("control_adapter", StringComparison.Ordinal)));
    }

    [Fact]
    public void Velocity_and_intermediates_meet_the_golden_values()
    {
        for (int sample = 0; sample < Samples; sample++)
        {
            Dictionary<string, double[]> seen = [];
            Tensor velocity = Velocity(sample, (name, x) => seen.TryAdd(name, RedirectorFixture.Values(x)));

            foreach (string name in new[]
            {
                "time_projection", "tokens_in", "b0.q_rope", "b0.k_rope", "b0.self_attn_out", "b0.out", "b1.out", "head_out",
            })
                Near.Equal(Golden["mid." + name].Row(sample), seen[name], 1e-5, what: $"{name} of sample {sample}");
            Near.Equal(Golden["out"].Row(sample), RedirectorFixture.Values(velocity), 1e-5, what: $"out of sample {sample}");
        }
    }

    [Fact]
    public void Gradients_meet_the_golden_values()
    {
        Dictionary<string, Parameter> weights = RedirectorFixture.Weights(_network);
        foreach (Parameter weight in weights.Values) weight.requires_grad = true;

        Tensor target = tensor(Golden["loss_target"].Values, [Samples, 16, 3, 4, 6], dtype: ScalarType.Float32);
        Tensor loss = (cat([Velocity(0, null), Velocity(1, null)], dim: 0) - target).square().mean();
        loss.backward();

        Near.Equal(Golden["loss"].Values, [loss.ToDouble()], 1e-5, what: "loss");
        foreach (string name in Golden.Names.Where(name => name.StartsWith("grad.", StringComparison.Ordinal)))
            Near.Equal(Golden[name].Values, RedirectorFixture.Values(weights[name["grad.".Length..]].grad!), 1e-6, what: name);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _network.Dispose();
    }

    private Tensor Velocity(int sample, Action<string, Tensor>? probe)
    {
        RotaryTable table = RotaryTable.Of(Config, 3, 2, 3);
        Tensor Row(string name, params long[] shape) => tensor(Golden[name].Row(sample).ToArray(), shape, dtype: ScalarType.Float32);
        Tensor Angles(Func<double, double> of) =>
            tensor(Array.ConvertAll(table.Angles, a => of(a)), [1, table.Tokens, 1, table.Pairs], dtype: ScalarType.Float32);
        RedirectorContext context = new()
        {
            Position = PairRotation.Of(Angles(Math.Cos), Angles(Math.Sin)),
            ActivatedCamera = zeros(1, table.Tokens, Config.Width),
            TargetCamera = zeros(1, table.Tokens, Config.Width),
            ConditionTokens = zeros(1, 0, Config.Width),
            Text = Row("mid.text_embedding", 1, 10, Config.Width),
        };
        using RedirectorCondition condition = new(_network, Shape, context.Keep());
        return _network.Velocity(Row("in.latents", 1, 16, 3, 4, 6), [(float)Golden["in.timestep"].Values[sample]], condition, probe: probe);
    }
}
