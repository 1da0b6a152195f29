using System.Diagnostics.CodeAnalysis;

namespace GeoAlign.Rewards;

/// <summary>A pose estimate, or the reason why there is none.</summary>
public sealed record PoseEstimationResult
{
    private PoseEstimationResult(PoseEstimate? estimate, string? reason) => (Estimate, Reason) = (estimate, reason);

    /// <summary>Whether there is an estimate.</summary>
    [MemberNotNullWhen(true, nameof(Estimate))]
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool Succeeded => Estimate is not null;

    /// <summary>The estimate; null after a failure.</summary>
    public PoseEstimate? Estimate { get; }

    /// <summary>Why there is no estimate; null after a success.</summary>
    public string? Reason { get; }

    /// <summary>A success.</summary>
    public static PoseEstimationResult Of(PoseEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return new(estimate, null);
    }

    /// <summary>A failure.</summary>
    public static PoseEstimationResult Failed(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(null, reason);
    }
}
