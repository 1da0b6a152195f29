using System.Collections.Immutable;
using GeoAlign.Rewards;

namespace GeoAlign.Models.Tests;

public class HpsV3RewardTests
{
    private static readonly HpsV3RewardOptions Small = new() { Pixels = 8 * 28 * 28 };

    [Theory]
    [InlineData(4, FrameAggregation.Mean, 10)]            // frames 0, 4, …, 20
    [InlineData(1, FrameAggregation.Mean, 10)]
    [InlineData(4, FrameAggregation.Minimum, 0)]
    [InlineData(4, FrameAggregation.BestShare, 18)]       // ⌈0.3·6⌉ = 2
    [InlineData(4, FrameAggregation.WorstShare, 2)]
    [InlineData(21, FrameAggregation.Mean, 0)]
    public async Task Frames_are_scored_one_by_one_and_joined(int stride, FrameAggregation aggregation, double expected)
    {
        HpsV3Reward reward = Reward(Small with { FrameStride = stride, Aggregation = aggregation });

        ImmutableArray<RewardScore> scores = (await reward.ScoreAsync([new VideoRollout { Frames = PromptSamples.Clip(21), Prompt = "a door" }]))[0];

        Assert.Equal("hps", Assert.Single(reward.Dimensions).Name);
        Assert.Equal(expected, Assert.Single(scores).Value, 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public async Task How_many_frames_pass_together_changes_nothing(int frames)
    {
        List<int> passes = [];
        HpsV3Reward reward = Reward(Small with { FramesPerPass = frames }, sequences => passes.Add(sequences.Count));

        Assert.Equal(10, (await reward.ScoreAsync([new VideoRollout { Frames = PromptSamples.Clip(21), Prompt = "a door" }]))[0][0].Value, 1e-3);
        Assert.Equal(6, passes.Sum());
        Assert.Equal(Math.Min(frames, 6), passes[0]);
    }

    [Fact]
    public async Task Each_frame_is_asked_about_with_the_prompt_and_one_picture()
    {
        List<Qwen2VlSequence> seen = [];
        HpsV3Reward reward = Reward(Small, seen.AddRange);

        await reward.ScoreAsync([new VideoRollout { Frames = PromptSamples.Clip(5), Prompt = "a <|image_pad|>door" }]);

        Assert.Equal(2, seen.Count);
        PromptTokens prompt = new(PromptSamples.HpsV3, PromptSamples.Tokenizer);
        Assert.All(seen, s =>
        {
            Qwen2VlPatches image = Assert.Single(s.Images);
            Assert.Equal(1, image.GridFrames);
            Assert.Equal(prompt.Encode(image.TokenCount, "a door"), s.TokenIds.ToArray());
        });
    }

    [Fact]
    public async Task A_video_that_fails_or_gets_no_number_or_has_no_prompt_leaves_the_others_their_scores()
    {
        HpsV3Reward reward = Reward(Small);

        IReadOnlyList<ImmutableArray<RewardScore>> scores = await reward.ScoreAsync(
        [
            Rollout(0, "x"), Rollout(66, "x"), Rollout(77, "x"), Rollout(0, null), Rollout(0, "  "),
            new VideoRollout { Frames = PromptSamples.Clip(9, width: 900, height: 4), Prompt = "x" }, Rollout(0, "y"),
        ]);

        Assert.Equal((4, 4), (Math.Round(scores[0][0].Value, 3), Math.Round(scores[6][0].Value, 3)));
        Assert.Contains("frames 0 to 8: InvalidOperationException: broken", scores[1][0].Reason, StringComparison.Ordinal);
        Assert.Contains("score of frame 4 is NaN", scores[2][0].Reason, StringComparison.Ordinal);
        Assert.Contains("no prompt", scores[3][0].Reason, StringComparison.Ordinal);
        Assert.Contains("no prompt", scores[4][0].Reason, StringComparison.Ordinal);
        Assert.Contains("more elongated than 200:1", scores[5][0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_is_heeded_between_passes()
    {
        using CancellationTokenSource stop = new();
        int calls = 0;
        HpsV3Reward reward = Reward(Small with { FramesPerPass = 1 }, _ =>
        {
            calls++;
            stop.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reward.ScoreAsync([Rollout(1, "x"), Rollout(2, "x")], stop.Token));
        Assert.Equal(1, calls);
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        Assert.Contains("VideoAlign's", Assert.Throws<ArgumentException>(
            () => new HpsV3Reward(_ => [], 505, 500, PromptSamples.Tokenizer, PromptSamples.VideoAlign, null)).Message, StringComparison.Ordinal);
        Assert.Contains("505 in the tokenizer and 7 in the network", Assert.Throws<ArgumentException>(
            () => new HpsV3Reward(_ => [], 7, 500, PromptSamples.Tokenizer, PromptSamples.HpsV3, null)).Message, StringComparison.Ordinal);
        string message = Assert.Throws<ArgumentException>(
            () => new HpsV3RewardOptions { FrameStride = 0, Share = double.NaN, FramesPerPass = 0, Pixels = 0, Aggregation = (FrameAggregation)9 }.Validated()).Message;
        foreach (string name in new[] { "FrameStride", "Share", "FramesPerPass", "Pixels", "Aggregation" }) Assert.Contains(name, message, StringComparison.Ordinal);
    }

    private static VideoRollout Rollout(int video, string? prompt) => new() { Frames = PromptSamples.Clip(9, video), Prompt = prompt };

    // μ is the green level of the first pixel, which is the number of the frame.
    private static HpsV3Reward Reward(HpsV3RewardOptions options, Action<IReadOnlyList<Qwen2VlSequence>>? watch = null) => new(
        sequences =>
        {
            watch?.Invoke(sequences);
            return [.. sequences.Select(sequence =>
            {
                ReadOnlySpan<float> values = sequence.Images[0].Values.Span;
                double red = Math.Round(PromptSamples.Level(values[0], 0)), green = PromptSamples.Level(values[2 * 14 * 14], 1);
                if (red == 66) throw new InvalidOperationException("broken");
                return new HpsV3Score(red == 77 && Math.Round(green) == 4 ? double.NaN : green, 1);
            })];
        },
        PromptSamples.Reward, PromptSamples.Image, PromptSamples.Tokenizer, PromptSamples.HpsV3, options);
}
