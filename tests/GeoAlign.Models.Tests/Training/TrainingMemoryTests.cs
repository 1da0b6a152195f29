using System.Globalization;
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
        for (int i = 0; i < 200; i++) trainer.Step(samples);      // allocators and the runtime settle
        long tensors = DisposeScopeManager.Statistics.ThreadTotalLiveCount, resident = ResidentBytes();

        for (int i = 0; i < 1000; i++) trainer.Step(samples);

        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        // One forgotten tensor of 28 numbers a step, with its header, would be 300 KiB and show in the count above; a forgotten graph
        // would be megabytes.
        Assert.InRange(ResidentBytes() - resident, long.MinValue, 4 << 20);
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

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        if (!OperatingSystem.IsLinux()) return Environment.WorkingSet;
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssAnon", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
