using System.Globalization;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>A change to a run and what the device must have after it.</summary>
/// <param name="Change">What to do.</param>
/// <param name="DeviceBytes">Memory the device must have then.</param>
public sealed record MemoryAdvice(string Change, long DeviceBytes)
{
    /// <summary>The changes that help, alone and then all together; the best first.</summary>
    internal static IReadOnlyList<MemoryAdvice> For(MemoryPlan plan)
    {
        MemoryPlanRequest request = plan.Request;
        List<(string Change, Func<MemoryPlanRequest, MemoryPlanRequest> Apply)> changes = [];
        if (!request.Offload) changes.Add(("take networks off the device between stages", r => r with { Offload = true }));
        if (request is { Autoencoder: true, Tiling: null }) changes.Add(("cut the autoencoder's frames into tiles", r => r with { Tiling = VaeTiling.Pipeline }));
        if (request.MembersAtOnce > 1) changes.Add(("take one rollout at a time", r => r with { MembersAtOnce = 1 }));
        if (request.Training is { RecomputeActivations: false } plain)
            changes.Add(("recompute activations in the backward pass", r => r with { Training = plain with { RecomputeActivations = true } }));
        if (request.Training is { Lora: null } full)
            changes.Add(("train low-rank additions of rank 16", r => r with { Training = (r.Training ?? full) with { Lora = new LoraOptions() } }));
        if (request.NetworkType == ScalarType.Float32) changes.Add(("keep the transformer in bfloat16", r => r with { NetworkType = ScalarType.BFloat16 }));
        if (request is { TextEncoder: not null, TextType: ScalarType.Float32 }) changes.Add(("keep the text encoder in bfloat16", r => r with { TextType = ScalarType.BFloat16 }));
        if (request.Conditions > 1) changes.Add(("take one condition per iteration", r => r with { Conditions = 1 }));
        if (request.Shape.Frames > 2)
        {
            int frames = (request.Shape.Frames + 1) / 2, video = request.Shape.Layout.FramesPerLatentFrame * (frames - 1) + 1;
            changes.Add((string.Create(CultureInfo.InvariantCulture, $"use {video} frames"), r => r with { Shape = r.Shape with { Frames = frames } }));
        }

        List<MemoryAdvice> advice = [.. changes.Select(c => new MemoryAdvice(c.Change, MemoryPlan.Of(c.Apply(request)).DeviceBytes)).Where(a => a.DeviceBytes < plan.DeviceBytes)];
        if (changes.Count > 1)
            advice.Add(new MemoryAdvice("all of these", MemoryPlan.Of(changes.Aggregate(request, (r, c) => c.Apply(r))).DeviceBytes));
        return [.. advice.OrderBy(a => a.DeviceBytes)];
    }
}
