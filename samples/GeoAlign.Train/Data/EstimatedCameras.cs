using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>The reward's frozen pose estimator as the source of condition clips' own camera paths, as in the paper.</summary>
/// <param name="estimator">The estimator.</param>
/// <param name="identity">What tells its estimates from another's.</param>
internal sealed class EstimatedCameras(IPoseEstimator estimator, string identity) : ISourceCameraEstimator
{
    public string Identity => identity;

    public async Task<SourceCameraEstimate> EstimateAsync(VideoClip clip, CancellationToken cancellationToken = default)
    {
        PoseEstimationResult result = (await estimator.EstimateAsync([RolloutScorer.Frames(clip)], cancellationToken))[0];
        return result is { Succeeded: true, Estimate.Trajectory: { } path } && path.Count == clip.FrameCount
            ? SourceCameraEstimate.Of(path)
            : SourceCameraEstimate.Failed($"the pose estimator gave none: {result.Reason ?? "some frames have no pose"}. Use another clip or another pose estimator.");
    }
}
