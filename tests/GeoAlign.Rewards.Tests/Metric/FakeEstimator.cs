namespace GeoAlign.Rewards.Tests.Metric;

/// <summary>An estimator that answers from a function of the video and its index, and remembers what it saw.</summary>
internal sealed class FakeEstimator(Func<VideoFrames, int, PoseEstimationResult> answer, bool isMetric = true) : IPoseEstimator
{
    public List<VideoFrames> Seen { get; } = [];

    public bool IsMetric => isMetric;

    public ValueTask<IReadOnlyList<PoseEstimationResult>> EstimateAsync(IReadOnlyList<VideoFrames> videos, CancellationToken cancellationToken = default)
    {
        Seen.AddRange(videos);
        return new([.. videos.Select(answer)]);
    }
}
