using System.Collections.Immutable;
using GeoAlign.Rewards;

namespace GeoAlign.Models;

/// <summary>HPSv3's judgement of generated videos, "hps": how well people would like their frames, given the prompt.</summary>
/// <remarks>
/// Ma et al. 2025, "HPSv3"; Geo-Align (arXiv 2605.23903) scores frames one by one. Higher is better. A rollout without a prompt has no score:
/// the network judges frames against it. The network stays the caller's.
/// </remarks>
public sealed class HpsV3Reward : IReward
{
    private readonly HpsV3Scorer _network;
    private readonly PromptTokens _prompt;
    private readonly HpsV3RewardOptions _options;

    /// <summary>Joins the network, its tokenizer and its prompt.</summary>
    /// <param name="network">The network.</param>
    /// <param name="tokenizer">Qwen2-VL's tokenizer; the reward token may be missing in it.</param>
    /// <param name="prompt">HPSv3's prompt.</param>
    /// <param name="options">Settings; the defaults if null.</param>
    /// <exception cref="ArgumentException">A setting is bad, the prompt is another model's, or ids of tokenizer and network differ.</exception>
    public HpsV3Reward(HpsV3Network network, ByteLevelBpeTokenizer tokenizer, RewardPrompt prompt, HpsV3RewardOptions? options = null)
        : this(network.Score, network.RewardTokenId, network.Sizes.ImageTokenId, tokenizer, prompt, options)
    {
    }

    internal HpsV3Reward(
        HpsV3Scorer network, int rewardTokenId, int imageTokenId, ByteLevelBpeTokenizer tokenizer, RewardPrompt prompt, HpsV3RewardOptions? options)
    {
        if (prompt.Format != RewardPromptFormat.HpsV3) throw new ArgumentException($"The prompt is {prompt.Format.Model}'s, expected HPSv3's.", nameof(prompt));
        (_network, _options) = (network, (options ?? new HpsV3RewardOptions()).Validated());
        _prompt = new PromptTokens(prompt, tokenizer);
        _prompt.Require(nameof(tokenizer), (prompt.RewardTokens[0], rewardTokenId), (prompt.Format.VisionToken, imageTokenId));
    }

    internal delegate IReadOnlyList<HpsV3Score> HpsV3Scorer(IReadOnlyList<Qwen2VlSequence> frames);

    /// <inheritdoc/>
    public ImmutableArray<RewardDimension> Dimensions { get; } = [new("hps", "1", "HPSv3's preference score of the frames, given the prompt.")];

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
            scores[i] = [Score(rollouts[i], cancellationToken)];
        }

        return scores;
    }

    private RewardScore Score(VideoRollout rollout, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(rollout.Prompt)) return RewardScore.Missing("the video has no prompt to judge its frames against");
        int[] frames = [.. Enumerable.Range(0, (rollout.Frames.FrameCount - 1) / _options.FrameStride + 1).Select(i => i * _options.FrameStride)];
        List<double> scores = new(frames.Length);
        foreach (int[] pass in frames.Chunk(_options.FramesPerPass))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                IReadOnlyList<HpsV3Score> judged = _network(Sequences(rollout, pass));
                if (judged.Count != pass.Length) return RewardScore.Missing($"HPSv3 scored {judged.Count} frames, expected {pass.Length}");
                for (int i = 0; i < pass.Length; i++)
                {
                    if (!double.IsFinite(judged[i].Mu)) return RewardScore.Missing($"HPSv3's score of frame {pass[i]} is {judged[i].Mu}");
                    scores.Add(judged[i].Mu);
                }
            }
#pragma warning disable CA1031 // Whatever goes wrong with one video is data here: its score is missing, with the reason.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                return RewardScore.Missing($"frames {pass[0]} to {pass[^1]}: {exception.GetType().Name}: {exception.Message}");
            }
        }

        return RewardScore.Of(FrameScores.Aggregate(scores.ToArray(), _options.Aggregation, _options.Share));
    }

    private Qwen2VlSequence[] Sequences(VideoRollout rollout, int[] frames)
    {
        VideoFrames video = rollout.Frames;
        Qwen2VlPatches[] images = [.. frames.Select(f => Qwen2VlImages.OfImage(video.Frame(f), new(video.WidthPixels, video.HeightPixels), _options.Pixels))];
        int[] ids = _prompt.Encode(images[0].TokenCount, rollout.Prompt!);
        return [.. images.Select(image => new Qwen2VlSequence(ids) { Images = [image] })];
    }
}
