using System.Collections.Immutable;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>The estimated camera path of one video. Immutable.</summary>
public sealed class PoseEstimate
{
    /// <summary>Takes the poses as the network gave them and re-anchors them to the first view.</summary>
    /// <param name="cameraToWorld">Camera-to-world poses, OpenCV axes, in the network's own world; metres if <paramref name="isMetric"/>.</param>
    /// <param name="frames">Frame number in the video of each pose, strictly increasing, starting with 0: the reference view must have a pose.</param>
    /// <param name="isMetric">Whether translations are in metres.</param>
    /// <exception cref="ArgumentException">Counts differ, or the frame numbers are not increasing from 0.</exception>
    public PoseEstimate(CameraTrajectory cameraToWorld, ImmutableArray<int> frames, bool isMetric)
    {
        ArgumentNullException.ThrowIfNull(cameraToWorld);
        if (frames.Length != cameraToWorld.Count)
            throw new ArgumentException($"{frames.Length} frame numbers for {cameraToWorld.Count} poses.", nameof(frames));
        FrameSelection.Validate(frames.AsSpan(), int.MaxValue);
        if (frames[0] != 0) throw new ArgumentException($"The first pose is that of frame {frames[0]}; frame 0, the reference view, must have one.", nameof(frames));

        (Trajectory, Frames, IsMetric) = (cameraToWorld.RelativeToFirst(), frames, isMetric);
        ReferenceResidual = cameraToWorld[0];
    }

    /// <summary>
    /// Camera-to-world poses of <see cref="Frames"/>, OpenCV axes, seen from the first view (<c>T_0⁻¹·T_i</c>):
    /// the first pose is exactly the identity. Metres if <see cref="IsMetric"/>.
    /// </summary>
    public CameraTrajectory Trajectory { get; }

    /// <summary>Frame number in the video of each pose, strictly increasing, starting with 0.</summary>
    public ImmutableArray<int> Frames { get; }

    /// <summary>Whether translations are in metres.</summary>
    public bool IsMetric { get; }

    /// <summary>The pose the network gave to view 0, before re-anchoring. It was trained towards the identity; the distance from it is a quality signal.</summary>
    public SE3 ReferenceResidual { get; }

    /// <summary>The frames of the video without a pose, in increasing order; empty mostly.</summary>
    public ImmutableArray<FrameRejection> Rejections { get; init; } = [];

    /// <summary>The scene's scale factor (metres per network unit), already applied to the translations; null when the network gives none.</summary>
    public double? MetricScale { get; init; }

    /// <summary>Confidence of every frame of the video, by frame number; null when the network gives none.</summary>
    public ImmutableArray<FrameConfidence>? Confidence { get; init; }
}
