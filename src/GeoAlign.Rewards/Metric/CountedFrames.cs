using System.Collections.Immutable;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>The estimated pose of each evaluated frame, and which frames count: those with a pose that no gate leaves out.</summary>
internal sealed class CountedFrames
{
    private readonly SortedDictionary<int, string> _reasons;       // by evaluated index

    private readonly int[] _frames;

    private CountedFrames(SE3?[] estimated, bool[] excluded, SortedDictionary<int, string> reasons, int[] frames, string? problem)
    {
        (Estimated, Excluded, _reasons, _frames, Problem) = (estimated, excluded, reasons, frames, problem);
        Rejections = [.. reasons.Select(r => new FrameRejection(frames[r.Key], r.Value))];
    }

    /// <summary>Pose of each evaluated frame; null where there is none.</summary>
    public SE3?[] Estimated { get; }

    /// <summary>Frames a gate leaves out; their weight is 0.</summary>
    public bool[] Excluded { get; }

    /// <summary>Why the video cannot be scored, by the gates; null when it can.</summary>
    public string? Problem { get; }

    /// <summary>Frames of the video that do not count, with the reason.</summary>
    public ImmutableArray<FrameRejection> Rejections { get; }

    public static CountedFrames Of(EvaluatedPath path, VideoFrames video, PoseEstimate? estimate, GeometryRewardOptions options)
    {
        int count = path.Frames.Length;
        SE3?[] poses = new SE3?[count];
        bool[] excluded = new bool[count];
        SortedDictionary<int, string> reasons = [];
        if (estimate is null) return new(poses, excluded, reasons, path.Frames, null);

        if (estimate.Frames[^1] >= count) throw new InvalidOperationException($"The pose estimator gave a pose of frame {estimate.Frames[^1]} for a video of {count} frames.");
        for (int i = 0; i < estimate.Frames.Length; i++) poses[estimate.Frames[i]] = estimate.Trajectory[i];
        foreach (FrameRejection rejection in estimate.Rejections.Where(r => (uint)r.Frame < (uint)count)) reasons[rejection.Frame] = rejection.Reason;
        for (int i = 0; i < count; i++)
            if (poses[i] is null) reasons.TryAdd(i, "the estimator gave no pose");

        string? problem = null;
        if (options.ConfidenceGate is { } gate && estimate.Confidence is { } confidence)
        {
            if (confidence.Length != count) throw new InvalidOperationException($"The pose estimator gave {confidence.Length} confidences for {count} frames.");
            problem = Exclude(i => gate.Accepts(confidence[i]) ? null : "below the confidence gate", gate.MinUsableShare, "pass the confidence gate");
            if (excluded[0] && options.SegmentFrames is null) problem ??= "frame 0, from which every error is seen, is below the confidence gate";
        }

        if (options.FeaturelessFrames is { } guard)
        {
            string?[] lacking = [.. Enumerable.Range(0, count).Select(i => guard.Problem(LumaStatistics.Of(video.Frame(i), video.WidthPixels, video.HeightPixels)))];
            string? tooFew = Exclude(i => lacking[i], guard.MinUsableShare, "have content");
            problem ??= tooFew;
            if (lacking[0] is { } blank) problem ??= $"frame 0, the reference view, is {blank}";
        }

        return new(poses, excluded, reasons, path.Frames, problem);

        string? Exclude(Func<int, string?> lacks, double minUsableShare, string what)
        {
            int usable = 0;
            for (int i = 0; i < count; i++)
            {
                if (lacks(i) is not { } reason)
                {
                    usable++;
                    continue;
                }

                excluded[i] = true;
                reasons.TryAdd(i, reason);
            }

            return usable < minUsableShare * count ? $"only {usable} of {count} frames {what}" : null;
        }
    }

    /// <summary>Scale and lengths over the frames that count and the anchor; null when those are fewer than two.</summary>
    public MetricPathComparison? Compare(EvaluatedPath path)
    {
        if (Estimated[0] is null) return null;
        int[] counted = [.. Enumerable.Range(0, Estimated.Length).Where(i => Estimated[i] is not null && (i == 0 || !Excluded[i]))];
        return counted.Length < 2
            ? null
            : MetricPathComparison.Between(new CameraTrajectory([.. counted.Select(i => Estimated[i]!.Value)]), new CameraTrajectory([.. counted.Select(i => path.Poses[i])]));
    }

    /// <summary>Why no number came out.</summary>
    public string WhyNot()
    {
        int[] without = [.. _reasons.Keys.Where(i => Estimated[i] is null)];
        return without is [int first, ..] ? $"{without.Length} frames without a pose; frame {_frames[first]}: {_reasons[first]}" : "no frame but the first has a weight above 0, and its error is 0 whatever the camera does";
    }
}
