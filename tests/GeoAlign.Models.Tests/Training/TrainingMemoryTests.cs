using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class TrainingMemoryTests
{
    [Fact]
    public void A_thousand_training_steps_leave_nothing_behind()
    {
        RedirectorConfig config = RedirectorConfig.Tiny with { Layers = 1, TextTokens = 2, TimeWidth = 16, TextWidth = 4, FeedForwardWidth = 28 };
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(config, seed: 1);
        using SupervisedTrainer trainer = new(network, new SupervisedOptions { RecomputeActivations = true });
        SupervisedSample[] samples = [Sample(config)];
        Train(200);      // allocators and the runtime settle
        long tensors = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        // One forgotten tensor of 28 numbers a step, with its header, would be 300 KiB and show in the count above; a forgotten graph
        // would be megabytes.
        const long Bound = 4 << 20;
        Assert.InRange(ResidentMemory.LeastGrowth(Bound, () => Train(1000)), long.MinValue, Bound);
        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Train(int count)
        {
            for (int i = 0; i < count; i++) trainer.Step(samples);
        }
    }

    // One frame of one token.
    private static SupervisedSample Sample(RedirectorConfig config)
    {
        LatentShape shape = LatentShape.ForVideo(1, 16, 16);
        float[] maps = new float[24 * 16 * 16], latents = new float[shape.Count];
        latents.AsSpan().Fill(0.5f);
        return new SupervisedSample
        {
            Target = latents,
            Inputs = new RedirectorInputs
            {
                Shape = shape, ConditionLatents = latents, TargetCamera = maps, ConditionCamera = maps,
                Text = new TokenFeatures(1, config.TextWidth, new float[config.TextWidth]),
            },
        };
    }
}
