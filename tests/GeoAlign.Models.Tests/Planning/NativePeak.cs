using System.Runtime.Intrinsics.X86;
using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests.Planning;

/// <summary>Measures what a pass allocates. Only meaningful while no other test runs.</summary>
internal static class NativePeak
{
    /// <summary>
    /// Number types whose memory the plan knows on this processor. libtorch hands bfloat16 products and convolutions to oneDNN only with these
    /// instructions; elsewhere other kernels with other memory take them.
    /// </summary>
    public static IReadOnlyList<ScalarType> Types { get; } =
        Avx512BW.VL.IsSupported && Avx512DQ.IsSupported ? [ScalarType.Float32, ScalarType.BFloat16] : [ScalarType.Float32];

    /// <summary>Most bytes in tensors during an action, above what was there before.</summary>
    public static long Of(Action action)
    {
        long limit = NativeMemory.CacheLimit;
        NativeMemory.CacheLimit = 0;        // then mapped is what is in use
        try
        {
            NativeMemory.EmptyCache();
            NativeMemory.ResetPeak();
            long before = NativeMemory.Now().MappedBytes;
            action();
            return NativeMemory.Now().PeakMappedBytes - before;
        }
        finally
        {
            NativeMemory.CacheLimit = limit;
        }
    }

    /// <summary>A ReDirector network of some width with its condition, ready for passes over a number of tokens.</summary>
    public static (RedirectorPolicy Policy, RedirectorCondition Condition, long ConditionBytes) Network(RedirectorConfig config, LatentShape shape, ScalarType type, bool recompute)
    {
        RedirectorPolicy policy = new(RedirectorTransformer.CreateRandom(config, seed: 1, type: type), new FlowPolicyOptions { RecomputeActivations = recompute });
        float[] camera = new float[24 * shape.HeightPixels * shape.WidthPixels];
        long before = NativeMemory.Now().LiveBytes;
        RedirectorCondition condition = policy.Network.Prepare(new RedirectorInputs
        {
            Shape = shape, ConditionLatents = new float[shape.Count], TargetCamera = camera, ConditionCamera = camera,
            Text = new TokenFeatures(1, config.TextWidth, new float[config.TextWidth]), Image = new TokenFeatures(257, 1280, new float[257 * 1280]),
        });
        return (policy, condition, NativeMemory.Now().LiveBytes - before);
    }
}

/// <summary>Tests that measure memory: nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(MemoryMeasurements), DisableParallelization = true)]
public sealed class MemoryMeasurements;
