using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Cli;

/// <summary>A pose network as the estimator of source cameras.</summary>
/// <param name="estimator">The network.</param>
/// <param name="identity">What tells its estimates from another's.</param>
internal sealed class PoseModelCameras(IPoseEstimator estimator, string identity) : ISourceCameraEstimator
{
    /// <inheritdoc/>
    public string Identity { get; } = identity;

    /// <inheritdoc/>
    public async Task<SourceCameraEstimate> EstimateAsync(VideoClip clip, CancellationToken cancellationToken = default)
    {
        VideoFrames frames = new(clip.Rgb24, clip.Width, clip.Height, clip.FrameCount, clip.FrameRate.FramesPerSecond);
        PoseEstimationResult result = (await estimator.EstimateAsync([frames], cancellationToken))[0];
        return result.Succeeded ? SourceCameraEstimate.Of(result.Estimate.Trajectory) : SourceCameraEstimate.Failed(result.Reason);
    }
}
