using System.Collections.Immutable;
using GeoAlign.Rewards;

namespace GeoAlign.Miniature;

/// <summary>The photometric aligner as a pose estimator for the videos of one case: it knows the room, the start and the requested path.</summary>
internal sealed class AlignerEstimator(RoomRenderer renderer, MiniatureCase item) : IPoseEstimator
{
    private readonly PhotometricAligner _aligner = new(renderer, item.StartCameraToWorld, item.Requested);

    /// <inheritdoc/>
    public bool IsMetric => true;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PoseEstimationResult>> EstimateAsync(IReadOnlyList<VideoFrames> videos, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<PoseEstimationResult>>([.. videos.Select(Estimate)]);

    private PoseEstimationResult Estimate(VideoFrames video)
    {
        float[] planes = new float[(video.FrameCount - 1) * video.FrameBytes];
        for (int k = 1; k < video.FrameCount; k++) FramePixels.FromRgb24(video.Frame(k), planes.AsSpan((k - 1) * video.FrameBytes, video.FrameBytes));
        ImmutableArray<int> frames = [.. Enumerable.Range(0, video.FrameCount)];
        return PoseEstimationResult.Of(new PoseEstimate(_aligner.Estimate(planes), frames, isMetric: true));
    }
}
