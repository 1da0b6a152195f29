namespace GeoAlign.Rewards;

/// <summary>Shows a pose estimator only some frames of each video, and gives its estimates the frame numbers of the whole video.</summary>
/// <remarks>
/// Attention grows with the square of the frames: 21 of 81 frames cost about a seventh with MapAnything v1.1. The frames left out are
/// listed in <see cref="PoseEstimate.OmittedFrames"/>; a reward evaluates the others. A failed video has no such list: where failures are
/// penalised and errors summed rather than averaged, choose frames with <see cref="GeometryRewardOptions.FrameStride"/> instead.
/// </remarks>
/// <param name="inner">Any estimator; not disposed here.</param>
/// <param name="policy">Which frames.</param>
public sealed class SubsampledPoseEstimator(IPoseEstimator inner, FrameSubsampling policy) : IPoseEstimator
{
    private readonly IPoseEstimator _inner = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public bool IsMetric => _inner.IsMetric;

    /// <summary>Which frames the estimator sees.</summary>
    public FrameSubsampling Policy { get; } = policy ?? throw new ArgumentNullException(nameof(policy));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The estimator answers for other frames than it was given.</exception>
    public async ValueTask<IReadOnlyList<PoseEstimationResult>> EstimateAsync(IReadOnlyList<VideoFrames> videos, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(videos);
        int[][] frames = [.. videos.Select(video => Policy.Of(video.FrameCount))];
        IReadOnlyList<PoseEstimationResult> results = await _inner
            .EstimateAsync([.. videos.Select((video, i) => video.Select(frames[i]))], cancellationToken)
            .ConfigureAwait(false);
        if (results.Count != videos.Count) throw new InvalidOperationException($"The pose estimator answered for {results.Count} videos, expected {videos.Count}.");
        return [.. results.Select((result, i) => OfWhole(result, frames[i], videos[i].FrameCount))];
    }

    private static PoseEstimationResult OfWhole(PoseEstimationResult result, int[] seen, int frameCount)
    {
        if (!result.Succeeded || seen.Length == frameCount) return result;

        PoseEstimate part = result.Estimate;
        int last = part.Frames.Concat(part.OmittedFrames).Concat(part.Rejections.Select(rejection => rejection.Frame)).Max();
        if (last >= seen.Length) throw new InvalidOperationException($"The pose estimator answered about frame {last} for a video of {seen.Length} frames.");
        if (part.Confidence is { } given && given.Length != seen.Length)
            throw new InvalidOperationException($"The pose estimator gave {given.Length} confidences for {seen.Length} frames.");

        return PoseEstimationResult.Of(part.InLongerVideo(seen, frameCount));
    }
}
