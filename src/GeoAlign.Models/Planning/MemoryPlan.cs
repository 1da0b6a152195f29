using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GeoAlign.Models;

/// <summary>What every stage of a run needs on the device, computed before it begins, and what to change when that is too much.</summary>
/// <remarks>An estimate: the formulas and how well they were checked are in docs/models.md.</remarks>
public sealed class MemoryPlan
{
    private const double GiB = 1L << 30;

    private MemoryPlan(MemoryPlanRequest request, ImmutableArray<MemoryStage> stages, long hostBytes) =>
        (Request, Stages, HostBytes) = (request, stages, hostBytes);

    /// <summary>What was planned.</summary>
    public MemoryPlanRequest Request { get; }

    /// <summary>The stages, in the order of the work.</summary>
    public ImmutableArray<MemoryStage> Stages { get; }

    /// <summary>The stage that needs most.</summary>
    public MemoryStage Largest => Stages.MaxBy(stage => stage.Bytes)!;

    /// <summary>What the device must have: the largest stage and the allowance.</summary>
    public long DeviceBytes => (long)Math.Ceiling(Largest.Bytes * (1 + Request.Allowance));

    /// <summary>What the run keeps in the host's memory: latents and videos of a group, and networks that are off the device.</summary>
    public long HostBytes { get; }

    /// <summary>Plans a run. Nothing of its size is allocated.</summary>
    /// <exception cref="ArgumentException">A setting is impossible.</exception>
    public static MemoryPlan Of(MemoryPlanRequest request) => MemoryPlanning.Of(request.Validated(), (stages, host) => new MemoryPlan(request, stages, host));

    /// <summary>Whether the run fits on a device.</summary>
    /// <param name="deviceBytes">Memory of the device.</param>
    public bool FitsIn(long deviceBytes) => DeviceBytes <= deviceBytes;

    /// <summary>Changes that lessen the need, each with what it leads to; the best first. Empty when the run fits.</summary>
    /// <param name="deviceBytes">Memory of the device.</param>
    public IReadOnlyList<MemoryAdvice> Advice(long deviceBytes) => FitsIn(deviceBytes) ? [] : MemoryAdvice.For(this);

    /// <summary>A table of the stages and their items in GiB, for a log.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.AppendLine("memory on the device, computed (GiB)");
        foreach (MemoryStage stage in Stages)
        {
            text.AppendLine(Line(stage.Stage.ToString().ToLowerInvariant(), stage.Bytes, stage == Largest ? "  ← the most" : ""));
            foreach (MemoryItem item in stage.Items) text.AppendLine(Line((item.Resident ? "  " : "  + ") + item.Name, item.Bytes, ""));
        }

        text.AppendLine(Line(string.Create(CultureInfo.InvariantCulture, $"with an allowance of {Request.Allowance:P0} (assumed)"), DeviceBytes, ""));
        text.Append(Line("in the host's memory", HostBytes, ""));
        return text.ToString();

        static string Line(string name, long bytes, string remark) => string.Create(CultureInfo.InvariantCulture, $"{name,-58}{bytes / GiB,9:0.00}{remark}");
    }
}
