using GeoAlign.Rewards;

namespace GeoAlign.Miniature;

/// <summary>The second, independent judge: a network of another kind, trained on other draws, that sees pictures only and is never a reward.</summary>
internal sealed class NetworkJudge(string path, RoomRenderer renderer) : IDisposable
{
    private readonly OnnxPoseEstimator _estimator = new(path, new OnnxPoseEstimatorOptions
    {
        Model = new OnnxPoseModelOptions { Session = new OnnxSessionOptions { IntraOpThreads = 1 } },
    });

    /// <summary>Means over generated cases; residual and sharpness are not this judge's business and are taken from the first.</summary>
    public async Task<JudgementSummary> OfAsync(HeldOutResult result, CancellationToken stop)
    {
        VideoFrames[] videos = [.. result.Cases.Select((item, i) => MiniatureVideo.Decode(item, result.Latents[i], renderer))];
        IReadOnlyList<PoseEstimationResult> paths = await _estimator.EstimateAsync(videos, stop);
        return JudgementSummary.Of([.. paths.Select((path, i) => path is { Succeeded: true, Estimate: { } estimate }
            ? ClipJudgement.Of(estimate.Trajectory, result.Cases[i].Requested, result.Judgements[i].ResidualRms, result.Judgements[i].Sharpness)
            : throw new InvalidOperationException($"The judge network found no path in case {result.Cases[i].Index}: {path.Reason}"))]);
    }

    public void Dispose() => _estimator.Dispose();
}
