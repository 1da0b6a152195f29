using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>Cases of a method, perhaps of one move or speed.</summary>
internal sealed record GroupSummary
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The move; null for all.</summary>
    public CameraMove? Move { get; init; }

    /// <summary>The speed; null for all.</summary>
    public double? Speed { get; init; }

    /// <summary>Cases of the plan.</summary>
    public required int Planned { get; init; }

    /// <summary>Cases that were scored.</summary>
    public required int Scored { get; init; }

    /// <summary>Cases that failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Cases without a video.</summary>
    public required int Missing { get; init; }

    /// <summary>Cases without a result yet.</summary>
    public int Waiting => Planned - Scored - Failed - Missing;

    /// <summary>Figures that at least one case has.</summary>
    public required IReadOnlyList<MetricSummary> Metrics { get; init; }

    /// <summary>A figure, or null where no case has it.</summary>
    public MetricSummary? this[string key] => Metrics.FirstOrDefault(m => m.Metric == key);
}
