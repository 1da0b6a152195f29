using GeoAlign.Models;

namespace GeoAlign.Train;

/// <summary>What a run would need on its device, computed from its settings; no file is opened.</summary>
internal static class DevicePlan
{
    private const string NotCounted = "Not counted: the networks of the rewards.";
    private const double GiB = 1L << 30;

    /// <summary>The plan in a line, for the head of a run.</summary>
    public static string Summary(TrainSettings settings)
    {
        MemoryPlan plan = Of(settings);
        return FormattableString.Invariant(
            $"device memory, computed: {plan.DeviceBytes / GiB:0.00} GiB, most in the stage {plan.Largest.Stage.ToString().ToLowerInvariant()} (--memory-plan shows all; rewards not counted)");
    }

    /// <summary>The plan as lines for the screen, with what to change when the device is too small.</summary>
    /// <param name="settings">The run's settings.</param>
    /// <param name="deviceGibibytes">Memory of the device; null gives the plan alone.</param>
    public static IEnumerable<string> Lines(TrainSettings settings, double? deviceGibibytes)
    {
        MemoryPlan plan = Of(settings);
        yield return plan.ToString();
        yield return NotCounted;
        if (deviceGibibytes is not { } gibibytes) yield break;
        long bytes = (long)(gibibytes * GiB);
        yield return FormattableString.Invariant($"It {(plan.FitsIn(bytes) ? "fits" : "does not fit")} in {gibibytes:0.#} GiB.");
        foreach (MemoryAdvice advice in plan.Advice(bytes)) yield return FormattableString.Invariant($"  {advice.Change}: {advice.DeviceBytes / GiB:0.00} GiB");
    }

    private static MemoryPlan Of(TrainSettings settings)
    {
        SystemSettings system = settings.ToSystem();
        SystemSizes sizes = SystemSizes.Of(system);
        bool isRelease = settings.Network == NetworkSize.Release;
        return MemoryPlan.Of(new MemoryPlanRequest
        {
            Network = sizes.Network,
            Shape = LatentShape.ForVideo(settings.Frames, settings.Height, settings.Width),
            NetworkType = settings.Precision.ToTorch(),
            GroupSize = settings.GroupSize,
            Conditions = settings.Conditions,
            Guided = settings.GuidanceScale != 1,
            Training = new TrainingMemory { Selection = WeightSelection.SelfAttention(settings.TrainsPhases), RecomputeActivations = settings.RecomputesActivations },
            Attention = settings.Device.StartsWith("cpu", StringComparison.OrdinalIgnoreCase) ? AttentionMemory.Portions : AttentionMemory.Fused,
            TextEncoder = isRelease || system.Files.TextEncoder is not null ? sizes.Text : null,
            TextFirst = true,
            PromptsAtOnce = 1,
            TextType = settings.Precision.ToTorch(),
            Autoencoder = isRelease || system.Files.Vae is not null,
            AutoencoderType = settings.Precision.ToTorch(),
            Tiling = settings.Tiled ? VaeTiling.Default : null,
            Offload = settings.Offload,
        });
    }
}
