using System.Collections.Immutable;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>The estimated camera path of one video. Immutable.</summary>
public sealed record PoseEstimate
{
    /// <summary>
    /// Camera-to-world poses of the frames in <see cref="Frames"/>, OpenCV axes, seen from the first view (<c>T_0⁻¹·T_i</c>):
    /// the first pose is exactly the identity. Metres if <see cref="IsMetric"/>.
    /// </summary>
    public required CameraTrajectory Trajectory { get; init; }

    /// <summary>Frame number in the video of each pose, strictly increasing, starting with 0.</summary>
    public required ImmutableArray<int> Frames { get; init; }

    /// <summary>The frames without a pose, in increasing order; empty mostly.</summary>
    public ImmutableArray<FrameRejection> Rejections { get; init; } = [];

    /// <summary>The pose the network gave to view 0 before re-anchoring. The identity is the training target; the distance from it is a quality signal.</summary>
    public required SE3 ReferenceResidual { get; init; }

    /// <summary>Whether translations are in metres.</summary>
    public required bool IsMetric { get; init; }

    /// <summary>The scene's scale factor (metres per network unit), already applied to the translations; null when the network gives none.</summary>
    public double? MetricScale { get; init; }

    /// <summary>Confidence of every frame of the video, by frame number; null when the network gives none.</summary>
    public ImmutableArray<FrameConfidence>? Confidence { get; init; }
}
