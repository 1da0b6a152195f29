using GeoAlign.Models;
using GeoAlign.Rewards;

namespace GeoAlign.Train;

/// <summary>A pose estimator that is brought to its device for each call.</summary>
internal sealed class StagedEstimator(IPoseEstimator estimator, DeviceStages stages) : IPoseEstimator
{
    public bool IsMetric => estimator.IsMetric;

    public async ValueTask<IReadOnlyList<PoseEstimationResult>> EstimateAsync(IReadOnlyList<VideoFrames> videos, CancellationToken cancellationToken = default) =>
        await stages.RunAsync(WorkStage.Reward, () => estimator.EstimateAsync(videos, cancellationToken).AsTask(), cancellationToken);
}
