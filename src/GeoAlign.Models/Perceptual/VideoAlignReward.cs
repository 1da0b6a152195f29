using System.Collections.Immutable;
using GeoAlign.Rewards;

namespace GeoAlign.Models;

/// <summary>VideoAlign's judgement of generated videos: "vis" (visual quality), "mot" (motion quality) and, if asked for, "txt" (alignment with the prompt).</summary>
/// <remarks>
/// Liu et al. 2025 (arXiv 2501.13918); Geo-Align (arXiv 2605.23903) takes the first two as dimensions of their own. Higher is better. Frames
/// are judged as they are in memory: scores of a file differ a little by what its codec lost. The network stays the caller's.
/// </remarks>
public sealed class VideoAlignReward : IReward
{
    private readonly VideoAlignScorer _network;
    private readonly PromptTokens _prompt;
    private readonly VideoAlignRewardOptions _options;
    private readonly string _motionToken;

    /// <summary>Joins the network, its tokenizer and its prompt.</summary>
    /// <param name="network">The network.</param>
    /// <param name="tokenizer">Qwen2-VL's tokenizer; the reward tokens may be missing in it.</param>
    /// <param name="prompt">VideoAlign's prompt.</param>
    /// <param name="options">Settings; the released model's if null.</param>
    /// <exception cref="ArgumentException">A setting is bad, the prompt is another model's, or ids of tokenizer and network differ.</exception>
    public VideoAlignReward(VideoAlignNetwork network, ByteLevelBpeTokenizer tokenizer, RewardPrompt prompt, VideoAlignRewardOptions? options = null)
        : this(network.Score, network.Tokens, network.Sizes.VideoTokenId, tokenizer, prompt, options)
    {
    }

    internal VideoAlignReward(
        VideoAlignScorer network, VideoAlignTokens tokens, int videoTokenId, ByteLevelBpeTokenizer tokenizer, RewardPrompt prompt,
        VideoAlignRewardOptions? options)
    {
        if (prompt.Format != RewardPromptFormat.VideoAlign) throw new ArgumentException($"The prompt is {prompt.Format.Model}'s, expected VideoAlign's.", nameof(prompt));
        (_network, _options) = (network, (options ?? new VideoAlignRewardOptions()).Validated());
        _prompt = new PromptTokens(prompt, tokenizer);
        (string visual, _motionToken, string text) = (prompt.RewardTokens[0], prompt.RewardTokens[1], prompt.RewardTokens[2]);
        _prompt.Require(nameof(tokenizer), (visual, tokens.VisualQuality), (_motionToken, tokens.MotionQuality), (text, tokens.TextAlignment), (prompt.Format.VisionToken, videoTokenId));

        RewardDimension[] all =
        [
            new("vis", "1", "VideoAlign's visual quality (VQ)."),
            new("mot", "1", "VideoAlign's motion quality (MQ)."),
            new("txt", "1", "VideoAlign's alignment with the prompt (TA)."),
        ];
        Dimensions = [.. all.Take(_options.TextAlignment ? 3 : 2)];
    }

    internal delegate VideoAlignScores VideoAlignScorer(ReadOnlySpan<int> tokenIds, Qwen2VlPatches video);

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
            scores[i] = Score(rollouts[i]);
        }

        return scores;
    }

    private ImmutableArray<RewardScore> Score(VideoRollout rollout)
    {
        bool hasPrompt = !string.IsNullOrWhiteSpace(rollout.Prompt);
        RewardScore noPrompt = RewardScore.Missing("the video has no prompt to be aligned with");
        bool readsPrompt = _prompt.DependsOnPrompt(_motionToken);
        if (readsPrompt && !hasPrompt) return [.. Dimensions.Select(_ => noPrompt)];

        VideoFrames? seen = null;
        bool wholePrompt = _options.TextAlignment && hasPrompt;
        Judgement colour = Judge(() => seen = Seen(rollout.Frames), rollout.Prompt, wholePrompt);
        Judgement motion = _options.GreyMotion && seen is not null ? Judge(() => GreyVideo.Of(seen), rollout.Prompt, false) : colour;
        RewardScore[] scores =
        [
            colour.Score("VQ", s => s.VisualQuality, _options.Normalised),
            motion.Score("MQ", s => s.MotionQuality, _options.Normalised),
            wholePrompt ? colour.Score("TA", s => s.TextAlignment, _options.Normalised) : noPrompt,
        ];
        return [.. scores.Take(Dimensions.Length)];
    }

    private VideoFrames Seen(VideoFrames video) => video.Select(UniformFrames.Of(
        video.FrameCount, _options.EvaluationFramesPerSecond ?? video.FramesPerSecond, _options.SampledFramesPerSecond));

    private Judgement Judge(Func<VideoFrames> frames, string? userPrompt, bool wholePrompt)
    {
        try
        {
            Qwen2VlPatches patches = Qwen2VlImages.OfVideo(frames(), _options.MinPixels, _options.MaxPixels);
            return new Judgement(_network(_prompt.Encode(patches.TokenCount, userPrompt ?? "", wholePrompt ? null : _motionToken), patches), null);
        }
#pragma warning disable CA1031 // Whatever goes wrong with one video is data here: its scores are missing, with the reason.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new Judgement(null, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private readonly record struct Judgement(VideoAlignScores? Scores, string? Failure)
    {
        public RewardScore Score(string name, Func<VideoAlignScores, VideoAlignScore?> part, bool normalised)
        {
            if (Scores is null) return RewardScore.Missing(Failure!);
            if (part(Scores) is not { } score) return RewardScore.Missing($"VideoAlign gave no {name}");
            double value = normalised ? score.Normalised : score.Raw;
            return double.IsFinite(value) ? RewardScore.Of(value) : RewardScore.Missing($"VideoAlign's {name} is {value}");
        }
    }
}
