using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>A drawn target path, with everything that was drawn on the way: what a log needs to make it again.</summary>
public sealed record TargetPath
{
    /// <summary>Name of the camera whose path was taken.</summary>
    public required string CameraId { get; init; }

    /// <summary>The path: metres, camera-to-world, relative to its first frame, N poses.</summary>
    public required CameraTrajectory Trajectory { get; init; }

    /// <summary>Rate of the video that is to follow the path.</summary>
    public required FrameRate FrameRate { get; init; }

    /// <summary>The top speed τ_trans, metres per second: drawn, or the path's own with <see cref="TargetSpeed.AsRecorded"/>.</summary>
    public required double TranslationMetresPerSecond { get; init; }

    /// <summary>The top turning speed τ_rot, degrees per second: drawn, or the path's own with <see cref="TargetSpeed.AsRecorded"/>.</summary>
    public required double RotationDegreesPerSecond { get; init; }

    /// <summary>First frame of the recording that was taken; null when the whole path was resampled or nothing was recorded.</summary>
    public int? StartFrame { get; init; }

    /// <summary>Number of the attempt that gave this path; above 0 when others were rejected.</summary>
    public int Attempt => Rejected.Count;

    /// <summary>Scale factors, speeds before and after, guards that fired.</summary>
    public required RescaleResult Rescale { get; init; }

    /// <summary>Paths that were drawn before this one and rejected.</summary>
    public required IReadOnlyList<RejectedPath> Rejected { get; init; }
}
