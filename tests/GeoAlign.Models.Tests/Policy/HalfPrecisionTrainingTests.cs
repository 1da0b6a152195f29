using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>Training of a network whose frozen weights and products are in bfloat16: trained weights and their gradients are in float32.</summary>
public class HalfPrecisionTrainingTests
{
    // bfloat16 keeps 8 bits: a number is off by up to 0.2 %. Measured with kernels that sum in float32: 2 % of the gradient's length. Those of
    // older processors round every partial sum, of up to 64 here: √64 · 0.2 % for each product, and a dozen products follow one another.
    private const double MostDeviation = 0.1;

    [Theory]
    [InlineData(1.0, false)]
    [InlineData(4.0, false)]
    [InlineData(1.0, true)]
    public void Recomputed_activations_give_the_same_velocities_and_gradients(double guidance, bool lora)
    {
        (float[] velocities, Dictionary<string, double[]> gradients)[] found =
            [.. new[] { false, true }.Select(recompute => Backpropagate(ScalarType.BFloat16, guidance, recompute, lora))];

        Assert.Equal(found[0].velocities, found[1].velocities);
        foreach ((string name, double[] kept) in found[0].gradients)
        {
            Assert.Contains(kept, g => g != 0);
            Near.Equal(kept, found[1].gradients[name], 1e-9, 1e-6, what: name);
        }
    }

    [Fact]
    public void Gradients_point_where_those_in_float32_do()
    {
        (_, Dictionary<string, double[]> exact) = Backpropagate(ScalarType.Float32, 1, recompute: true, lora: false);
        (_, Dictionary<string, double[]> half) = Backpropagate(ScalarType.BFloat16, 1, recompute: true, lora: false);

        double square = exact.Values.Sum(g => g.Sum(x => x * x));
        double error = exact.Sum(g => g.Value.Zip(half[g.Key], (a, b) => (a - b) * (a - b)).Sum());
        Assert.InRange(Math.Sqrt(error / square), 0, MostDeviation);
    }

    [Fact]
    public void Trained_weights_move_by_less_than_bfloat16_could_hold()
    {
        using RedirectorFixture fixture = new(ScalarType.BFloat16);
        RedirectorPolicy policy = new(fixture.Network, new FlowPolicyOptions { Optimizer = new AdamWOptions { WeightDecay = 0 } });
        Parameter weight = RedirectorFixture.Weights(policy.Network)["blocks.0.self_attn.q.weight"];
        double[] before = RedirectorFixture.Values(weight);
        using (RedirectorCondition condition = policy.Network.Prepare(RedirectorFixture.Inputs)) Push(policy, condition);

        policy.ApplyUpdate(1e-6, 1);

        Assert.Equal(ScalarType.Float32, weight.dtype);
        // Adam's first step is the learning rate for every number with a gradient, to the precision of a float32 near it.
        double[] moves = [.. before.Zip(RedirectorFixture.Values(weight), (a, b) => Math.Abs(b - a))];
        Assert.All(moves, move => Assert.InRange(move, 0, 1.2e-6));
        Assert.True(moves.Count(move => move > 0.8e-6) > 0.9 * moves.Length);        // a gradient near Adam's ε moves less
    }

    private static (float[] Velocities, Dictionary<string, double[]> Gradients) Backpropagate(ScalarType type, double guidance, bool recompute, bool lora)
    {
        RedirectorFixture fixture = new(type);
        using RedirectorPolicy policy = new(fixture.Network, new FlowPolicyOptions
        {
            GuidanceScale = guidance, RecomputeActivations = recompute, Lora = lora ? new LoraOptions { Rank = 3 } : null,
        });
        // With B at its starting value of zero A would have no gradient.
        using (no_grad()) foreach ((string name, Parameter weight) in policy.Adapters?.Weights ?? []) if (name.EndsWith("lora_B.weight", StringComparison.Ordinal)) weight.fill_(0.01);
        using RedirectorCondition condition = policy.Network.Prepare(RedirectorFixture.Inputs);
        float[] velocities = Push(policy, condition);
        using DisposeScope scope = NewDisposeScope();
        IEnumerable<(string Name, Parameter Weight)> weights = policy.Adapters?.Weights ?? policy.Network.named_parameters().Select(w => (w.Item1, w.Item2));
        return (velocities, weights.Where(w => policy.TrainedWeights.Contains(w.Name)).ToDictionary(w => w.Name, w =>
        {
            Assert.Equal(ScalarType.Float32, w.Weight.grad!.dtype);
            return RedirectorFixture.Values(w.Weight.grad!);
        }));
    }

    private static float[] Push(RedirectorPolicy policy, RedirectorCondition condition)
    {
        float[] velocities = [];
        policy.Backpropagate(condition, 0.7, 1, RedirectorFixture.Golden["in.latents"].Floats(), (v, gradient) =>
        {
            velocities = v.ToArray();
            for (int i = 0; i < v.Length; i++) gradient[i] = MathF.Cos(i) / v.Length;
        });
        return velocities;
    }
}
