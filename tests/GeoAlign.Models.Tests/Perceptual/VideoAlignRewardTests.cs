using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GeoAlign.Rewards;

namespace GeoAlign.Models.Tests;

public class VideoAlignRewardTests
{
    private static readonly VideoAlignRewardOptions Small = new() { MinPixels = 28 * 28, MaxPixels = 8 * 28 * 28 };

    [Fact]
    public async Task Scores_are_the_network_s_in_the_order_of_the_rollouts()
    {
        VideoAlignReward reward = Reward(Small with { TextAlignment = true });

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await reward.ScoreAsync([Rollout(3, "a"), Rollout(7, "b"), Rollout(5, "c")]);

        Assert.Equal(["vis", "mot", "txt"], reward.Dimensions.Select(d => d.Name));
        Assert.Equal([3, 7, 5], scores.Select(s => Math.Round(s[0].Value, 3)));
        Assert.Equal([-3, -7, -5], scores.Select(s => Math.Round(s[1].Value, 3)));
        Assert.Equal([30, 70, 50], scores.Select(s => Math.Round(s[2].Value, 2)));
    }

    [Fact]
    public async Task Raw_scores_are_given_where_asked_for()
    {
        ImmutableArray<RewardScore> scores = (await Reward(Small with { Normalised = false }).ScoreAsync([Rollout(3)]))[0];

        Assert.Equal([1003, 997], scores.Select(s => Math.Round(s.Value, 3)));
    }

    [Fact]
    public async Task Without_text_alignment_the_sequence_ends_at_the_motion_token_and_needs_no_prompt()
    {
        List<int[]> seen = [];
        VideoAlignReward reward = Reward(Small, ids => seen.Add(ids));

        ImmutableArray<RewardScore> scores = (await reward.ScoreAsync([Rollout(3)]))[0];

        Assert.Equal(["vis", "mot"], reward.Dimensions.Select(d => d.Name));
        Assert.All(scores, s => Assert.False(s.IsMissing));
        Assert.Equal(PromptSamples.Motion, Assert.Single(seen)[^1]);
    }

    [Fact]
    public async Task Alignment_without_a_prompt_is_missing_and_the_others_are_not()
    {
        List<int[]> seen = [];
        IReadOnlyList<ImmutableArray<RewardScore>> scores = await Reward(Small with { TextAlignment = true }, ids => seen.Add(ids)).ScoreAsync([Rollout(3), Rollout(4, " "), Rollout(5, "x")]);

        Assert.Equal([3, 4, 5], scores.Select(s => Math.Round(s[0].Value, 3)));
        Assert.Equal([true, true, false], scores.Select(s => s[2].IsMissing));
        Assert.Contains("no prompt", scores[0][2].Reason, StringComparison.Ordinal);
        Assert.Equal([PromptSamples.Motion, PromptSamples.Motion], seen.Take(2).Select(ids => ids[^1]));
        Assert.Contains(PromptSamples.Alignment, seen[2]);
    }

    [Fact]
    public async Task A_text_that_mentions_the_prompt_first_needs_one_for_every_score()
    {
        JsonObject file = PromptSamples.VideoAlignFile();
        file["template"] = "{text_prompt} <|VQ_reward|> <|MQ_reward|> <|TA_reward|>";
        VideoAlignReward reward = Reward(Small, null, PromptSamples.Load(file, RewardPrompt.LoadVideoAlign));

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await reward.ScoreAsync([Rollout(3), Rollout(4, "x")]);

        Assert.All(scores[0], s => Assert.Contains("no prompt", s.Reason, StringComparison.Ordinal));
        Assert.All(scores[1], s => Assert.False(s.IsMissing));
    }

    [Theory]
    [InlineData(16, null, 10)]
    [InlineData(30, null, 6)]
    [InlineData(30, 16.0, 10)]
    public async Task The_frame_rate_decides_which_frames_are_seen(double rate, double? evaluation, int frames)
    {
        Qwen2VlPatches? seen = null;
        VideoAlignReward reward = Reward(Small with { EvaluationFramesPerSecond = evaluation }, watch: (_, patches) => seen = patches);

        await reward.ScoreAsync([new VideoRollout { Frames = PromptSamples.Clip(81, rate: rate) }]);

        Assert.Equal(frames / 2, seen!.GridFrames);
        int[] expected = UniformFrames.Of(81, evaluation ?? rate);
        int pair = seen.Values.Length / seen.GridFrames, plane = 14 * 14;
        for (int f = 0; f < frames; f++)                                    // the green level of frame f is f
            Assert.Equal(expected[f], PromptSamples.Level(seen.Values.Span[f / 2 * pair + (2 + f % 2) * plane], 1), 1e-3);
    }

    [Fact]
    public async Task A_video_that_fails_or_gets_no_number_leaves_the_others_their_scores()
    {
        VideoAlignReward reward = Reward(Small with { TextAlignment = true });
        VideoRollout single = new() { Frames = PromptSamples.Clip(1), Prompt = "x" };

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await reward.ScoreAsync([Rollout(3, "a"), Rollout(66, "b"), Rollout(77, "c"), single, Rollout(5, "d")]);

        Assert.All(scores[1], s => Assert.Contains("InvalidOperationException: broken", s.Reason, StringComparison.Ordinal));
        Assert.Contains("VQ is NaN", scores[2][0].Reason, StringComparison.Ordinal);
        Assert.Equal(-77, scores[2][1].Value, 1e-3);
        Assert.All(scores[3], s => Assert.Contains("at least 2", s.Reason, StringComparison.Ordinal));
        Assert.Equal((3, 5), (Math.Round(scores[0][0].Value, 3), Math.Round(scores[4][0].Value, 3)));
    }

    [Fact]
    public async Task Grey_motion_is_judged_in_a_second_pass_without_colour()
    {
        VideoAlignReward reward = Reward(Small with { GreyMotion = true });
        VideoFrames video = PromptSamples.Clip(8, 40);

        ImmutableArray<RewardScore> scores = (await reward.ScoreAsync([new VideoRollout { Frames = video }]))[0];

        Assert.Equal(40, scores[0].Value, 1e-3);
        Assert.Equal(-Luma.Of(40, 0, 100), scores[1].Value, 1e-3);          // the fake network gives −(red of the first pixel)
    }

    [Fact]
    public async Task A_stop_is_heeded_between_videos()
    {
        using CancellationTokenSource stop = new();
        int calls = 0;
        VideoAlignReward reward = Reward(Small, _ =>
        {
            calls++;
            stop.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reward.ScoreAsync([Rollout(1), Rollout(2)], stop.Token));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task No_rollouts_have_no_scores() => Assert.Empty(await Reward(Small).ScoreAsync([]));

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        ByteLevelBpeTokenizer tokenizer = PromptSamples.Tokenizer;

        Assert.Contains("HPSv3's", Refusal(tokenizer, PromptSamples.HpsV3, PromptSamples.Tokens), StringComparison.Ordinal);
        Assert.Contains("503 in the tokenizer and 9 in the network", Refusal(tokenizer, PromptSamples.VideoAlign, PromptSamples.Tokens with { MotionQuality = 9 }), StringComparison.Ordinal);
        Assert.Contains("EvaluationFramesPerSecond is 0; SampledFramesPerSecond is NaN", Assert.Throws<ArgumentException>(
            () => new VideoAlignRewardOptions { EvaluationFramesPerSecond = 0, SampledFramesPerSecond = double.NaN }.Validated()).Message.Replace(", must be a finite number above 0", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new VideoAlignRewardOptions { MinPixels = 10, MaxPixels = 9 }.Validated());

        static string Refusal(ByteLevelBpeTokenizer tokenizer, RewardPrompt prompt, VideoAlignTokens tokens) => Assert.Throws<ArgumentException>(
            () => new VideoAlignReward(Fake(null), tokens, PromptSamples.Video, tokenizer, prompt, null)).Message;
    }

    private static VideoRollout Rollout(int video, string? prompt = null) => new() { Frames = PromptSamples.Clip(8, video), Prompt = prompt };

    private static VideoAlignReward Reward(
        VideoAlignRewardOptions options, Action<int[]>? ids = null, RewardPrompt? prompt = null, Action<int[], Qwen2VlPatches>? watch = null) =>
        new(Fake((tokens, patches) =>
        {
            ids?.Invoke(tokens);
            watch?.Invoke(tokens, patches);
        }), PromptSamples.Tokens, PromptSamples.Video, PromptSamples.Tokenizer, prompt ?? PromptSamples.VideoAlign, options);

    // VQ is the red level of the first pixel, MQ its negative, TA ten times it where the sequence has its token; raw ones lie 1000 above.
    private static VideoAlignReward.VideoAlignScorer Fake(Action<int[], Qwen2VlPatches>? watch) => (ids, video) =>
    {
        watch?.Invoke(ids.ToArray(), video);
        Assert.Equal(video.TokenCount, ids.Count(PromptSamples.Video));
        double level = PromptSamples.Level(video.Values.Span[0], 0);
        if (Math.Round(level) == 66) throw new InvalidOperationException("broken");
        double visual = Math.Round(level) == 77 ? double.NaN : level;
        VideoAlignScore? alignment = ids.Contains(PromptSamples.Alignment) ? new(1000 + 10 * level, 10 * level) : null;
        return new VideoAlignScores(new(1000 + visual, visual), new(1000 - level, -level), alignment);
    };
}
