using System.Collections.Immutable;

namespace GeoAlign.Rewards;

/// <summary>What can be said of the look of a video without any network: flicker, sharpness, exposure, colours. A dimension each, never summed.</summary>
/// <remarks>
/// For small runs and for watching others. None of these is what a viewer would call quality: a blurred still wins "flicker", noise wins
/// "sharpness"; the learned rewards are the ones to train on.
/// </remarks>
public sealed class PerceptualReward : IReward
{
    private readonly PerceptualRewardOptions _options;

    /// <summary>Builds the reward.</summary>
    /// <exception cref="ArgumentException">A setting is bad.</exception>
    public PerceptualReward(PerceptualRewardOptions? options = null)
    {
        _options = (options ?? new PerceptualRewardOptions()).Validated();
        Dimensions = [.. _options.Measures.Select(Describe)];
    }

    /// <inheritdoc/>
    public ImmutableArray<RewardDimension> Dimensions { get; }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ImmutableArray<RewardScore>>> ScoreAsync(IReadOnlyList<VideoRollout> rollouts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rollouts);
        return await Task.Run(() => Score(rollouts, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private ImmutableArray<RewardScore>[] Score(IReadOnlyList<VideoRollout> rollouts, CancellationToken cancellationToken)
    {
        var scores = new ImmutableArray<RewardScore>[rollouts.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            scores[i] = [.. _options.Measures.Select(measure => Score(measure, rollouts[i]))];
        }

        return scores;
    }

    private RewardScore Score(PerceptualMeasure measure, VideoRollout rollout) => measure switch
    {
        PerceptualMeasure.Flicker => Flicker(rollout.Frames),
        PerceptualMeasure.Sharpness => Sharpness(rollout.Frames),
        PerceptualMeasure.Exposure => RewardScore.Of(0 - ExposureStatistics.Of(rollout.Frames, _options.DarkLuma, _options.BrightLuma).ClippedShare),
        _ => _options.ColourReference == ColourReference.ConditionClip ? ColoursOfCondition(rollout) : ColoursOfFirstFrame(rollout.Frames),
    };

    private static RewardScore Flicker(VideoFrames video) =>
        video.FrameCount > 1 ? RewardScore.Of(TemporalFlicker.Score(video)) : RewardScore.Missing("one frame has no neighbour to flicker against");

    private static RewardScore Sharpness(VideoFrames video)
    {
        if (video.WidthPixels < 3 || video.HeightPixels < 3)
            return RewardScore.Missing($"frames of {video.WidthPixels}×{video.HeightPixels} pixels have no pixel with four neighbours");
        double sum = 0;
        for (int i = 0; i < video.FrameCount; i++) sum += LumaStatistics.Of(video.Frame(i), video.WidthPixels, video.HeightPixels).LaplacianVariance;
        return RewardScore.Of(sum / video.FrameCount);
    }

    private static RewardScore ColoursOfCondition(VideoRollout rollout) => rollout.SourceColours is { } source
        ? RewardScore.Of(0 - ColourStatistics.Distance(ColourStatistics.Of(rollout.Frames), source))
        : RewardScore.Missing("the colours of the condition clip are not known");

    private static RewardScore ColoursOfFirstFrame(VideoFrames video)
    {
        if (video.FrameCount < 2) return RewardScore.Missing("one frame has no later frame to compare its colours with");
        ColourStatistics first = ColourStatistics.Of(video.Frame(0));
        double sum = 0;
        for (int i = 1; i < video.FrameCount; i++) sum += ColourStatistics.Distance(first, ColourStatistics.Of(video.Frame(i)));
        return RewardScore.Of(0 - sum / (video.FrameCount - 1));
    }

    private static RewardDimension Describe(PerceptualMeasure measure) => measure switch
    {
        PerceptualMeasure.Flicker => new("flicker", "1", "VBench's temporal flickering: 1 when neighbouring frames are equal."),
        PerceptualMeasure.Sharpness => new("sharpness", "levels²", "Mean over frames of the variance of the Laplacian of the luma."),
        PerceptualMeasure.Exposure => new("exposure", "−share", "Share of pixels clipped to black or white, negated."),
        _ => new("colour", "−levels", "Distance of the colour statistics from those of the reference, negated."),
    };
}
