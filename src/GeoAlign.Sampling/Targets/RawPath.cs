using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>A camera path as a source gives it, before it is scaled.</summary>
public sealed record RawPath
{
    /// <summary>Name of the path: a camera, a file, a scene and its split, a move and its speed.</summary>
    public required string Id { get; init; }

    /// <summary>The path: as many poses as were asked for, in any world.</summary>
    public required CameraTrajectory Trajectory { get; init; }

    /// <summary>Whether it is in metres per frame of the video that is to follow it, so that it can be used as it is.</summary>
    public bool IsMetric { get; init; }

    /// <summary>First frame of the recording that was taken, from 0; null when the whole path was resampled or nothing was recorded.</summary>
    public int? StartFrame { get; init; }
}
