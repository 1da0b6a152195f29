using System.Diagnostics;
using System.Globalization;
using GeoAlign.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Benchmarks.Transformer;

/// <summary>Peak memory and time of one pass of a network of the released width, forwards or forwards and backwards with recomputation.</summary>
internal static class MemoryOfTraining
{
    /// <summary>One process measures one number of layers, because a peak cannot be reset.</summary>
    public static void Run(int layers, int tokens, bool train, ScalarType type, TextWriter output)
    {
        set_num_threads(1);
        RedirectorConfig config = RedirectorConfig.Release with { Layers = layers };
        long start = Stopwatch.GetTimestamp();
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(config, seed: 1, type: type);
        double made = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long weights = Resident("VmRSS"), before = Resident("VmHWM");
        LatentShape shape = new(1, 2, tokens);      // one row of tokens/2 for each half
        using RedirectorPolicy policy = new(network, new FlowPolicyOptions { RecomputeActivations = true });
        using RedirectorCondition condition = network.Prepare(new RedirectorInputs
        {
            Shape = shape, ConditionLatents = new float[shape.Count],
            TargetCamera = new float[24 * shape.HeightPixels * shape.WidthPixels], ConditionCamera = new float[24 * shape.HeightPixels * shape.WidthPixels],
            Text = new TokenFeatures(1, config.TextWidth, new float[config.TextWidth]), Image = new TokenFeatures(257, 1280, new float[257 * 1280]),
        });
        float[] x = new float[shape.Count], v = new float[shape.Count];
        x.AsSpan().Fill(0.3f);
        start = Stopwatch.GetTimestamp();
        if (train) policy.Backpropagate(condition, 0.5, 1, x, (velocities, gradient) => velocities.CopyTo(gradient));
        else policy.PredictVelocity(condition, 0.5, 1, x, v);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{layers} layers of width {config.Width}, {2 * shape.Tokens} tokens, {type}, {(train ? "forwards and backwards" : "forwards")}: made in {made:0.0} s, weights {weights / 1048576.0:0} MiB resident (peak {before / 1048576.0:0}), pass {seconds:0.0} s, peak {Resident("VmHWM") / 1048576.0:0} MiB"));
    }

    private static long Resident(string field)
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
