using System.Collections.Immutable;
using GeoAlign.Geometry;
using GeoAlign.Rewards;

namespace GeoAlign.Miniature;

/// <summary>The geometry reward blind to metric scale, for the ablation: estimated paths are scaled to fit the target before their error is taken.</summary>
internal sealed class ScaleAlignedReward(IPoseEstimator estimator, GeometryRewardOptions options) : IReward
{
    private const double SmallestScale = 0.2, LargestScale = 5;

    public ImmutableArray<RewardDimension> Dimensions { get; } = new GeometryReward(estimator, options).Dimensions;

    public async ValueTask<IReadOnlyList<ImmutableArray<RewardScore>>> ScoreAsync(IReadOnlyList<VideoRollout> rollouts, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<PoseEstimationResult> results = await estimator.EstimateAsync([.. rollouts.Select(r => r.Frames)], cancellationToken);
        PoseEstimationResult[] scaled = [.. results.Select((result, i) => result.Succeeded ? Scaled(result, rollouts[i].Target!) : result)];
        return await new GeometryReward(new Known(scaled), options).ScoreAsync(rollouts, cancellationToken);
    }

    private static PoseEstimationResult Scaled(PoseEstimationResult result, CameraTrajectory target)
    {
        CameraTrajectory path = result.Estimate!.Trajectory;
        double scale = Math.Clamp(MetricPathComparison.Between(path, target).ScaleToTarget ?? 1, SmallestScale, LargestScale);
        CameraTrajectory scaled = new([.. path.Select(pose => pose with { Translation = scale * pose.Translation })]);
        return PoseEstimationResult.Of(new PoseEstimate(scaled, result.Estimate.Frames, isMetric: true));
    }

    private sealed class Known(IReadOnlyList<PoseEstimationResult> results) : IPoseEstimator
    {
        public bool IsMetric => true;

        public ValueTask<IReadOnlyList<PoseEstimationResult>> EstimateAsync(IReadOnlyList<VideoFrames> videos, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(results);
    }
}
