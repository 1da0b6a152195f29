using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Evaluate;

/// <summary>Paths from a pose network. One video at a time is in the network; the next ones are decoded meanwhile.</summary>
/// <param name="estimator">The network.</param>
/// <param name="identity">Hash of its file and whatever else changes its answers.</param>
/// <param name="title">Its name.</param>
/// <param name="stride">1 gives it every frame, 2 every second, …; frame 0 is always among them.</param>
internal sealed class NetworkPaths(IPoseEstimator estimator, string identity, string title, int stride) : IPathSource, IDisposable
{
    private readonly VideoReader _reader = new();
    private readonly SemaphoreSlim _turn = new(1);

    public string Identity { get; } = $"network {identity} stride {stride}";

    public string Title { get; } = stride == 1 ? title : $"{title}, every {stride}. frame";

    public async Task<EstimatedPath> EstimateAsync(string video, VideoFacts facts, CancellationToken stop)
    {
        int count = (facts.Frames - 1) / stride + 1;
        VideoFrames frames = await VideoPixels.ReadAsync(_reader, video, new VideoReadOptions { Frames = Sampling.FrameSelection.Exactly(count, stride: stride) }, stop);
        await _turn.WaitAsync(stop);
        try
        {
            PoseEstimationResult result = (await estimator.EstimateAsync([frames], stop))[0];
            return result.Succeeded
                ? EstimatedPath.Of(result.Estimate.Trajectory, [.. result.Estimate.Frames.Select(f => f * stride)], facts.Frames, result.Estimate.IsMetric) with { Aspect = (double)facts.Width / facts.Height }
                : EstimatedPath.Failed(result.Reason, facts.Frames);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        (estimator as IDisposable)?.Dispose();
        _turn.Dispose();
    }
}
