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

    private PoseEstimate(PoseEstimate part, ImmutableArray<int> frames) =>
        (Trajectory, Frames, IsMetric, ReferenceResidual, MetricScale) = (part.Trajectory, frames, part.IsMetric, part.ReferenceResidual, part.MetricScale);

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

    /// <summary>
    /// Root mean square distance of the camera centres from their mean, in the unit of the translations: how far apart the network put the frames. Near 0 for a
    /// moving camera it did not tell the frames from each other. Ours.
    /// </summary>
    public double FrameSpread
    {
        get
        {
            Vector3d mean = Vector3d.Zero;
            foreach (SE3 pose in Trajectory.CameraToWorld) mean += pose.Translation;
            mean /= Trajectory.Count;
            double sum = 0;
            foreach (SE3 pose in Trajectory.CameraToWorld) sum += (pose.Translation - mean).LengthSquared;
            return Math.Sqrt(sum / Trajectory.Count);
        }
    }

    /// <summary>The frames that the network saw and that have no pose, in increasing order; empty mostly.</summary>
    public ImmutableArray<FrameRejection> Rejections { get; init; } = [];

    /// <summary>
    /// The frames of the video that the network was not shown, in increasing order; empty mostly. Nothing is known of them: a reward leaves
    /// them out, while a rejected frame is a failure.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers are not increasing, or one of the frames has a pose.</exception>
    public ImmutableArray<int> OmittedFrames
    {
        get;
        init
        {
            ImmutableArray<int> omitted = value.IsDefault ? [] : value;
            if (!omitted.IsEmpty) FrameSelection.Validate(omitted.AsSpan(), int.MaxValue);
            foreach (int frame in omitted)
                if (Frames.BinarySearch(frame) >= 0) throw new ArgumentException($"Frame {frame} is omitted, but it has a pose.", nameof(value));
            field = omitted;
        }
    } = [];

    /// <summary>The scene's scale factor (metres per network unit), already applied to the translations; null when the network gives none.</summary>
    public double? MetricScale { get; init; }

    /// <summary>Confidence of every frame of the video, by frame number, empty for omitted ones; null when the network gives none.</summary>
    public ImmutableArray<FrameConfidence>? Confidence { get; init; }

    /// <summary>The same estimate for a longer video, of which these were some frames.</summary>
    /// <param name="seen">Frame number in the longer video of each frame of this one's, strictly increasing from 0.</param>
    /// <param name="frameCount">Frames of the longer video.</param>
    internal PoseEstimate InLongerVideo(ReadOnlySpan<int> seen, int frameCount)
    {
        int[] numbers = seen.ToArray();
        FrameConfidence[]? confidence = Confidence is null ? null : new FrameConfidence[frameCount];
        for (int i = 0; i < numbers.Length && confidence is not null; i++) confidence[numbers[i]] = Confidence!.Value[i];
        bool[] isShown = new bool[frameCount];
        foreach (int frame in numbers) isShown[frame] = true;
        foreach (int frame in OmittedFrames) isShown[numbers[frame]] = false;
        return new PoseEstimate(this, [.. Frames.Select(frame => numbers[frame])])
        {
            Rejections = [.. Rejections.Select(rejection => rejection with { Frame = numbers[rejection.Frame] })],
            OmittedFrames = [.. Enumerable.Range(0, frameCount).Where(frame => !isShown[frame])],
            Confidence = confidence is null ? null : [.. confidence],
        };
    }

    /// <summary>The same estimate for the video of those frames that are not omitted.</summary>
    /// <param name="shown">All frame numbers that are not omitted, strictly increasing.</param>
    internal PoseEstimate InShorterVideo(int[] shown) => new(this, [.. Frames.Select(frame => Array.BinarySearch(shown, frame))])
    {
        Rejections = [.. Rejections.Select(rejection => rejection with { Frame = Array.BinarySearch(shown, rejection.Frame) })],
        Confidence = Confidence is { } confidence ? [.. shown.Select(frame => confidence[frame])] : null,
    };
}
