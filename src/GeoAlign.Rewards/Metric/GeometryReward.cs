using System.Collections.Immutable;
using System.Globalization;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>
/// How well the camera of a generated video follows the path that was asked for, in two dimensions of their own:
/// "trans" = −(weighted mean distance, metres) and "rot" = −(weighted mean angle, radians). 0 is the best score.
/// </summary>
/// <remarks>
/// Geo-Align (arXiv 2605.23903), section 3.2. Both paths are seen from their first frame; scale is never fitted, so the right shape at half
/// the speed scores low. The two are not added up: each is normalised on its own.
/// </remarks>
public sealed class GeometryReward : IReward
{
    private readonly IPoseEstimator _estimator;
    private readonly GeometryRewardOptions _options;

    /// <summary>Builds the reward on a frozen estimator.</summary>
    /// <exception cref="ArgumentException">A setting is bad, or the estimator's translations are not in metres.</exception>
    public GeometryReward(IPoseEstimator estimator, GeometryRewardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        if (!estimator.IsMetric)
            throw new ArgumentException("The pose estimator gives translations without a metric scale; a reward in metres cannot be computed from them.", nameof(estimator));
        _estimator = estimator;
        _options = (options ?? new GeometryRewardOptions()).Validated();
        string square = _options.SquaredErrors ? "²" : "";
        Dimensions =
        [
            new RewardDimension("trans", $"−m{square}", "Weighted distance of the camera centres from the target path, negated."),
            new RewardDimension("rot", $"−rad{square}", "Weighted angle between the camera rotations and the target path, negated."),
        ];
    }

    /// <inheritdoc/>
    public ImmutableArray<RewardDimension> Dimensions { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A rollout has no target path, or its poses do not fit the frames of the video.</exception>
    /// <exception cref="PoseEstimationException">A pose is missing and the policy is <see cref="MissingPosePolicy.Throw"/>.</exception>
    public async ValueTask<IReadOnlyList<ImmutableArray<RewardScore>>> ScoreAsync(IReadOnlyList<VideoRollout> rollouts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rollouts);
        EvaluatedPath[] paths = [.. rollouts.Select((rollout, i) => EvaluatedPath.Of(rollout, i, _options.FrameStride))];
        if (paths.Length == 0) return [];

        VideoFrames[] videos = [.. rollouts.Select((rollout, i) => rollout.Frames.Select(paths[i].Frames))];
        IReadOnlyList<PoseEstimationResult> results = await _estimator.EstimateAsync(videos, cancellationToken).ConfigureAwait(false);
        if (results.Count != videos.Length) throw new InvalidOperationException($"The pose estimator answered for {results.Count} videos, expected {videos.Length}.");

        return [.. paths.Select((path, i) => Score(path, Checked(results[i], rollouts[i])))];
    }

    // The guard that needs the source clip: one factor per call is what the network gets wrong most.
    private PoseEstimationResult Checked(PoseEstimationResult result, VideoRollout rollout)
    {
        if (_options.MaxLogScaleDifference is not { } bound || !result.Succeeded) return result;
        if (rollout.SourceMetricScale is not { } source || result.Estimate.MetricScale is not { } scale)
            throw new ArgumentException($"{nameof(GeometryRewardOptions.MaxLogScaleDifference)} is set, but the scale factor of the {(result.Estimate.MetricScale is null ? "estimate" : "source clip")} is not known.", nameof(rollout));
        double difference = Math.Abs(Math.Log(scale / source));
        return difference <= bound
            ? result
            : PoseEstimationResult.Failed(string.Create(CultureInfo.InvariantCulture, $"scale factor {scale:G4} against {source:G4} of the source clip"));
    }

    private ImmutableArray<RewardScore> Score(EvaluatedPath path, PoseEstimationResult result)
    {
        if (!result.Succeeded && _options.MissingPoses == MissingPosePolicy.Missing) return BothMissing(result.Reason);
        if (!result.Succeeded && _options.MissingPoses == MissingPosePolicy.Throw) throw new PoseEstimationException(result.Reason);
        if (result.Estimate is { IsMetric: false }) return BothMissing("the estimate has no metric scale");
        if (path.Frames.Length == 1) return [RewardScore.Of(0, OneFrame), RewardScore.Of(0, OneFrame)];
        if (_options.SegmentFrames >= path.Frames.Length)
            return BothMissing($"{path.Frames.Length} evaluated frames have no segment of {_options.SegmentFrames} frames");

        double[] weights = Weights(path);
        if (_options.ConfidenceGate is { } gate && result.Estimate?.Confidence is { } confidence)
        {
            if (confidence.Length != path.Frames.Length)
                throw new InvalidOperationException($"The pose estimator gave {confidence.Length} confidences for {path.Frames.Length} frames.");
            int usable = confidence.Count(gate.Accepts);
            if (usable < gate.MinUsableShare * confidence.Length) return BothMissing($"only {usable} of {confidence.Length} frames pass the confidence gate");
            for (int i = 0; i < confidence.Length; i++)
                if (!gate.Accepts(confidence[i])) weights[i] = 0;
        }

        SE3?[] estimated = PosesByFrame(result.Estimate, path.Frames.Length);
        PoseErrors errors = _options.SegmentFrames is { } span
            ? PoseErrors.OverSegments(estimated, path.Poses, span)
            : PoseErrors.Anchored(estimated, path.Poses);
        PoseRewards? rewards = PoseRewards.From(errors, weights.AsSpan(weights.Length - errors.Count), _options);
        return rewards is { } r
            ? [RewardScore.Of(r.Translation), RewardScore.Of(r.Rotation)]
            : BothMissing(WhyNot(result.Estimate));
    }

    private const string OneFrame = "one frame is evaluated: the score is 0 whatever the camera does";

    private double[] Weights(EvaluatedPath path)
    {
        double[] weights;
        if (_options.WeightTime == WeightTime.EvaluatedIndex)
        {
            weights = _options.Weighting.Of(path.Frames.Length);
        }
        else
        {
            double[] dense = _options.Weighting.Of(path.VideoFrameCount);
            weights = [.. path.Frames.Select(f => dense[f])];
        }

        if (!_options.IncludeFirstFrame) weights[0] = 0;
        return weights;
    }

    private static SE3?[] PosesByFrame(PoseEstimate? estimate, int frames)
    {
        SE3?[] poses = new SE3?[frames];
        if (estimate is null) return poses;
        if (estimate.Frames[^1] >= frames) throw new InvalidOperationException($"The pose estimator gave a pose of frame {estimate.Frames[^1]} for a video of {frames} frames.");
        for (int i = 0; i < estimate.Frames.Length; i++) poses[estimate.Frames[i]] = estimate.Trajectory[i];
        return poses;
    }

    private static string WhyNot(PoseEstimate? estimate) => estimate is { Rejections: [var first, ..] } && estimate.Rejections.Length is var count
        ? $"{count} frames without a pose; frame {first.Frame}: {first.Reason}"
        : "no frame with a weight above 0 has a pose";

    private static ImmutableArray<RewardScore> BothMissing(string reason) => [RewardScore.Missing(reason), RewardScore.Missing(reason)];
}
