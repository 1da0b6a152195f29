using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>Networks that differ from the released one: pixels as latents, data at the output, fewer condition frames than target frames.</summary>
public sealed class PixelNetworkTests : IDisposable
{
    private static readonly RedirectorConfig Config = RedirectorConfig.Tiny with
    {
        Latents = LatentLayout.FoldedPixels, InputChannels = 12, RotaryBase = 20,
    };

    private static readonly LatentShape Shape = LatentShape.ForVideo(3, 8, 8, LatentLayout.FoldedPixels);

    private readonly DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void A_network_on_pixels_gives_a_velocity_of_the_shape_of_the_pixels()
    {
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(Config, seed: 1);
        using RedirectorCondition condition = network.Prepare(Inputs(conditionFrames: 1));

        Tensor velocity = network.Velocity(Latents(1), [500], condition);

        Assert.Equal([1, 12, 3, 4, 4], velocity.shape);
    }

    [Fact]
    public void Predicted_data_become_the_velocity_that_ends_in_them()
    {
        using RedirectorTransformer velocities = RedirectorTransformer.CreateRandom(Config, seed: 1);
        using RedirectorTransformer data = RedirectorTransformer.CreateRandom(Config with { Output = RedirectorOutput.Data }, seed: 1);
        using RedirectorCondition condition = velocities.Prepare(Inputs(2)), same = data.Prepare(Inputs(2));
        Tensor x = Latents(2);
        float[] timesteps = [800, 20];

        Tensor output = velocities.Velocity(x, timesteps, condition), velocity = data.Velocity(x, timesteps, same);

        Tensor first = (x[0] - output[0]) / 0.8, floored = (x[1] - output[1]) / 0.05;
        Near.Equal(RedirectorFixture.Values(first), RedirectorFixture.Values(velocity[0]), 1e-5);
        Near.Equal(RedirectorFixture.Values(floored), RedirectorFixture.Values(velocity[1]), 1e-4);
    }

    [Fact]
    public void Recomputed_activations_give_the_gradients_of_a_data_network_too()
    {
        double[] kept = Gradients(recompute: false), recomputed = Gradients(recompute: true);

        Assert.Contains(kept, value => value != 0);
        Near.Equal(kept, recomputed, 1e-6);
    }

    [Fact]
    public void A_condition_video_of_one_frame_is_attended_to()
    {
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(Config, seed: 1);
        RedirectorInputs inputs = Inputs(1);
        float[] changed = inputs.ConditionLatents.ToArray();
        changed[0] += 1;

        double[] before = Velocity(network, inputs), after = Velocity(network, inputs with { ConditionLatents = changed });

        Assert.NotEqual(before, after);
    }

    [Fact]
    public void A_network_without_text_has_no_cross_attention_and_takes_no_prompt()
    {
        RedirectorConfig config = Config with { TextTokens = 0 };
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(config, seed: 1);
        using RedirectorCondition condition = network.Prepare(Inputs(1) with { Text = null });

        Tensor velocity = network.Velocity(Latents(1), [500], condition);

        Assert.Equal([1, 12, 3, 4, 4], velocity.shape);
        Assert.DoesNotContain(network.named_parameters(), p => p.Item1.Contains("cross_attn", StringComparison.Ordinal) || p.Item1.Contains("norm3", StringComparison.Ordinal));
        Assert.Equal(RedirectorKeys.Of(config).Select(k => k.Name), network.named_parameters().Select(p => p.Item1));
        Assert.Throws<ArgumentException>(() => network.Prepare(Inputs(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void More_condition_frames_than_target_frames_or_none_are_refused(int frames)
    {
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(Config, seed: 1);

        ArgumentException e = Assert.Throws<ArgumentException>(() => network.Prepare(Inputs(1) with { ConditionFrames = frames }));

        Assert.Contains("expected 1 to 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Latents_of_another_layout_are_refused()
    {
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(Config, seed: 1);

        ArgumentException e = Assert.Throws<ArgumentException>(() => network.Prepare(Inputs(1) with { Shape = new LatentShape(3, 4, 4) }));

        Assert.Contains("layout", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _scope.Dispose();

    private static double[] Velocity(RedirectorTransformer network, RedirectorInputs inputs)
    {
        using RedirectorCondition condition = network.Prepare(inputs);
        return RedirectorFixture.Values(network.Velocity(Latents(1), [700], condition));
    }

    private static double[] Gradients(bool recompute)
    {
        RedirectorTransformer network = RedirectorTransformer.CreateRandom(Config with { Output = RedirectorOutput.Data }, seed: 1);
        using RedirectorPolicy policy = new(network, new FlowPolicyOptions { RecomputeActivations = recompute });
        using RedirectorCondition condition = network.Prepare(Inputs(2));
        float[] latents = RedirectorFixture.Values(Latents(1)).Select(value => (float)value).ToArray();
        policy.Backpropagate(condition, 0.6, 1, latents, (velocity, gradient) => velocity.CopyTo(gradient));
        return [.. network.named_parameters().Where(p => p.Item2.grad is not null).SelectMany(p => RedirectorFixture.Values(p.Item2.grad!))];
    }

    private static Tensor Latents(int batch) =>
        tensor(Numbers(batch * Shape.Count, 7), [batch, 12, 3, 4, 4], dtype: ScalarType.Float32);

    private static RedirectorInputs Inputs(int conditionFrames) => new()
    {
        Shape = Shape,
        ConditionFrames = conditionFrames,
        ConditionLatents = Numbers(12 * conditionFrames * 16, 1),
        TargetCamera = Numbers(6 * 3 * 64, 2),
        ConditionCamera = Numbers(6 * conditionFrames * 64, 3),
        Text = new TokenFeatures(1, Config.TextWidth, new float[Config.TextWidth]),
    };

    private static float[] Numbers(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(2 * random.NextDouble() - 1))];
    }
}
