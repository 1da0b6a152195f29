using System.Diagnostics.CodeAnalysis;

namespace GeoAlign.Geometry;

/// <summary>A rescaled camera path, or the reason why its clip was rejected, with everything a report needs.</summary>
public sealed record RescaleResult
{
    /// <summary>The rescaled path, relative to its first frame; null when the clip was rejected.</summary>
    public CameraTrajectory? Trajectory { get; init; }

    /// <summary>Why the clip was rejected; null when it was not.</summary>
    public string? Rejection { get; init; }

    /// <summary>Whether the clip was rejected.</summary>
    [MemberNotNullWhen(false, nameof(Trajectory), nameof(SpeedsAfter))]
    [MemberNotNullWhen(true, nameof(Rejection))]
    public bool IsRejected => Rejection is not null;

    /// <summary>s_trans (eq. 12) after the guards.</summary>
    public required double TranslationFactor { get; init; }

    /// <summary>s_rot (eq. 12) after the guards.</summary>
    public required double RotationFactor { get; init; }

    /// <summary>Speeds of the path as given.</summary>
    public required TrajectorySpeeds SpeedsBefore { get; init; }

    /// <summary>Speeds of the rescaled path; null when the clip was rejected.</summary>
    public TrajectorySpeeds? SpeedsAfter { get; init; }

    /// <summary>The rotation mode that made the path: differs from the one asked for only when a wrap was unwrapped.</summary>
    public required RotationScaling RotationMode { get; init; }

    /// <summary>Guards that fired.</summary>
    public required RescaleGuards Guards { get; init; }
}
