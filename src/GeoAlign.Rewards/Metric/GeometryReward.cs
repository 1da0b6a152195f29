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
    private readonly Action<IReadOnlyList<GeometryAssessment>>? _assessed;

    /// <summary>Builds the reward on a frozen estimator.</summary>
    /// <param name="estimator">The network; its translations are in metres.</param>
    /// <param name="options">Settings; null: the defaults.</param>
    /// <param name="assessed">Called with every batch that was scored, one entry per rollout: for logs of scale and rejected frames. Must not throw.</param>
    /// <exception cref="ArgumentException">A setting is bad, or the estimator's translations are not in metres.</exception>
    public GeometryReward(IPoseEstimator estimator, GeometryRewardOptions? options = null, Action<IReadOnlyList<GeometryAssessment>>? assessed = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        if (!estimator.IsMetric)
            throw new ArgumentException("The pose estimator gives translations without a metric scale; a reward in metres cannot be computed from them.", nameof(estimator));
        (_estimator, _assessed) = (estimator, assessed);
        _options = (options ?? new GeometryRewardOptions()).Validated();
        Dimensions =
        [
            new RewardDimension("trans", Unit("m", _options.HuberTranslationMetres), "Weighted distance of the camera centres from the target path, negated."),
            new RewardDimension("rot", Unit("rad", _options.HuberRotationRadians), "Weighted angle between the camera rotations and the target path, negated."),
        ];
    }

    /// <inheritdoc/>
    public ImmutableArray<RewardDimension> Dimensions { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A rollout has no target path, or its poses do not fit the frames of the video.</exception>
    /// <exception cref="PoseEstimationException">A pose is missing and the policy is <see cref="MissingPosePolicy.Throw"/>.</exception>
    public async ValueTask<IReadOnlyList<ImmutableArray<RewardScore>>> ScoreAsync(IReadOnlyList<VideoRollout> rollouts, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<GeometryAssessment> assessments = await AssessAsync(rollouts, cancellationToken).ConfigureAwait(false);
        return [.. assessments.Select(a => ImmutableArray.Create(a.Translation, a.Rotation))];
    }

    /// <summary>Scores rollouts and keeps what else was found out about them.</summary>
    /// <returns>One entry per rollout, in order.</returns>
    /// <exception cref="ArgumentException">A rollout has no target path, or its poses do not fit the frames of the video.</exception>
    /// <exception cref="PoseEstimationException">A pose is missing and the policy is <see cref="MissingPosePolicy.Throw"/>.</exception>
    public async ValueTask<IReadOnlyList<GeometryAssessment>> AssessAsync(IReadOnlyList<VideoRollout> rollouts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rollouts);
        EvaluatedPath[] paths = [.. rollouts.Select((rollout, i) => EvaluatedPath.Of(rollout, i, _options.FrameStride))];
        if (paths.Length == 0) return [];

        VideoFrames[] videos = [.. rollouts.Select((rollout, i) => rollout.Frames.Select(paths[i].Frames))];
        IReadOnlyList<PoseEstimationResult> results = await _estimator.EstimateAsync(videos, cancellationToken).ConfigureAwait(false);
        if (results.Count != videos.Length) throw new InvalidOperationException($"The pose estimator answered for {results.Count} videos, expected {videos.Length}.");

        GeometryAssessment[] assessments = [.. paths.Select((path, i) => Assess(path, videos[i], Checked(results[i], rollouts[i])))];
        _assessed?.Invoke(assessments);
        return assessments;
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

    private GeometryAssessment Assess(EvaluatedPath path, VideoFrames video, PoseEstimationResult result)
    {
        if (!result.Succeeded && _options.MissingPoses == MissingPosePolicy.Throw) throw new PoseEstimationException(result.Reason);
        if (result.Estimate is { OmittedFrames: [_, ..] omitted } part)
        {
            // What the estimator was not shown is not evaluated: it is no failure, and its weight is not in the mean.
            int[] shown = [.. Enumerable.Range(0, path.Frames.Length).Where(i => omitted.BinarySearch(i) < 0)];
            return Assess(path.Only(shown), video.Select(shown), PoseEstimationResult.Of(part.InShorterVideo(shown)));
        }

        CountedFrames frames = CountedFrames.Of(path, video, result.Estimate, _options);
        RewardScore translation, rotation;
        if (Uninformative(path, result, frames) is { } reason)
        {
            translation = rotation = RewardScore.Missing(reason);
        }
        else if (path.Frames.Length == 1 && frames.Estimated[0] is not null)
        {
            translation = rotation = RewardScore.Of(0, OneFrame);
        }
        else
        {
            (translation, rotation) = Score(path, frames);
        }

        return new GeometryAssessment
        {
            Translation = translation,
            Rotation = rotation,
            Path = frames.Compare(path),
            MetricScale = result.Estimate?.MetricScale,
            Rejections = frames.Rejections,
        };
    }

    // Cases in which a number would say nothing of the camera.
    private string? Uninformative(EvaluatedPath path, PoseEstimationResult result, CountedFrames frames)
    {
        bool missing = _options.MissingPoses == MissingPosePolicy.Missing;
        if (missing && !result.Succeeded) return result.Reason;
        if (result.Estimate is { IsMetric: false }) return "the estimate has no metric scale";
        if (missing && path.Frames.Length == 1) return OneFrame;
        if (_options.SegmentFrames >= path.Frames.Length) return $"{path.Frames.Length} evaluated frames have no segment of {_options.SegmentFrames} frames";
        return frames.Problem;
    }

    private (RewardScore Translation, RewardScore Rotation) Score(EvaluatedPath path, CountedFrames frames)
    {
        double[] weights = Weights(path, frames);
        if (PoseRewards.Between(frames.Estimated, path.Poses, weights, _options) is not { } rewards)
        {
            RewardScore missing = RewardScore.Missing(frames.WhyNot());
            return (missing, missing);
        }

        return (Finite(rewards.Translation, "translation"), Finite(rewards.Rotation, "rotation"));

        static RewardScore Finite(double reward, string what) => double.IsFinite(reward) ? RewardScore.Of(reward) : RewardScore.Missing($"the {what} error is not finite");
    }

    private const string OneFrame = "one frame is evaluated: both paths start at the identity, so its error is 0 whatever the camera does";

    /// <summary>One weight per error: N, or N − s for segments, which take the weight of their last frame.</summary>
    private double[] Weights(EvaluatedPath path, CountedFrames frames)
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
        int span = _options.SegmentFrames ?? 0;
        for (int i = span; i < weights.Length; i++)
            if (frames.Excluded[i] || frames.Excluded[i - span]) weights[i] = 0;
        return weights[span..];
    }

    private string Unit(string unit, double? huber) => _options.SquaredErrors || huber is not null ? $"−{unit}²" : $"−{unit}";
}
