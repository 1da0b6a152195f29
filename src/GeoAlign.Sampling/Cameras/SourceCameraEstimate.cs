using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>What an estimator found: a path, or the reason why there is none.</summary>
public sealed record SourceCameraEstimate
{
    private SourceCameraEstimate(CameraTrajectory? path, string? reason) => (Path, Reason) = (path, reason);

    /// <summary>Camera-to-world poses, metres, one per frame; null when there is none.</summary>
    public CameraTrajectory? Path { get; }

    /// <summary>Why there is none; null when there is one.</summary>
    public string? Reason { get; }

    /// <summary>A path.</summary>
    public static SourceCameraEstimate Of(CameraTrajectory path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(path, null);
    }

    /// <summary>No path.</summary>
    public static SourceCameraEstimate Failed(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(null, reason);
    }
}
