using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>The camera path of a condition clip, or why there is none.</summary>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Path">Camera-to-world poses relative to the clip's first frame, metres; null when it is missing.</param>
/// <param name="Detail">The estimator's identity or the camera file; for a missing path, the reason.</param>
public sealed record SourceCamera(SourceCameraOrigin Origin, CameraTrajectory? Path, string Detail)
{
    /// <summary>No path.</summary>
    public static SourceCamera Missing(string reason) => new(SourceCameraOrigin.Missing, null, reason);
}
