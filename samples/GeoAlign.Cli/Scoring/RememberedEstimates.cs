using GeoAlign.Rewards;

namespace GeoAlign.Cli;

/// <summary>Passes videos on to a pose estimator and keeps what came of the last ones, for a picture of the paths.</summary>
internal sealed class RememberedEstimates(IPoseEstimator estimator) : IPoseEstimator
{
    /// <summary>Results of the last call.</summary>
    public IReadOnlyList<PoseEstimationResult> Last { get; private set; } = [];

    /// <inheritdoc/>
    public bool IsMetric => estimator.IsMetric;

    /// <summary>Forgets the last call.</summary>
    public void Forget() => Last = [];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PoseEstimationResult>> EstimateAsync(IReadOnlyList<VideoFrames> videos, CancellationToken cancellationToken = default) =>
        Last = await estimator.EstimateAsync(videos, cancellationToken);
}
