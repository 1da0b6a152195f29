using System.Collections.Immutable;

namespace GeoAlign.Rewards.Tests.Panel;

public class RewardPanelTests
{
    private static readonly VideoRollout Rollout = new() { Frames = Videos.Counting(1, 1, 1) };

    [Fact]
    public async Task Scores_are_kept_per_dimension_group_and_member()
    {
        RewardPanel panel = new(new Fake(["a", "b"], (group, d) => [.. group.Select((_, m) => RewardScore.Of(10 * d + m))]), new Fake(["c"], (group, _) => [.. group.Select(_ => RewardScore.Of(7))]));

        PanelScores scores = await panel.ScoreAsync([[Rollout, Rollout, Rollout], [Rollout]]);

        Assert.Equal(["a", "b", "c"], scores.Dimensions.Select(d => d.Name));
        Assert.Equal(2, scores.GroupCount);
        Assert.Equal(3, scores.GroupSize(0));
        Assert.Equal(1, scores.GroupSize(1));
        Assert.Equal(12, scores[scores.DimensionIndex("b"), 0, 2].Value);
        Assert.Equal(1, scores[0, 0, 1].Value);
        Assert.Equal(7, scores[2, 1, 0].Value);
        Assert.Equal([0, 1, 2], scores.Group(0, 0).Select(s => s.Value));
        Assert.Empty(scores.Incidents);
    }

    [Fact]
    public async Task Exception_leaves_the_scores_of_that_group_missing_and_the_others_whole()
    {
        InvalidOperationException thrown = new("out of memory");
        int call = 0;
        Fake failing = new(["vis"], (group, _) => call++ == 1 ? throw thrown : [.. group.Select(_ => RewardScore.Of(1))]);
        Fake steady = new(["mot"], (group, _) => [.. group.Select(_ => RewardScore.Of(2))]);

        PanelScores scores = await new RewardPanel(failing, steady).ScoreAsync([[Rollout], [Rollout, Rollout], [Rollout]]);

        Assert.Equal(1, scores[0, 0, 0].Value);
        Assert.True(scores[0, 1, 0].IsMissing);
        Assert.Contains("out of memory", scores[0, 1, 1].Reason, StringComparison.Ordinal);
        Assert.Equal(1, scores[0, 2, 0].Value);
        Assert.Equal(2, scores[1, 1, 1].Value);
        Assert.Equal(2, scores.Incidents.Length);
        Assert.All(scores.Incidents, i => Assert.True(i.IsMissing && i.Group == 1 && i.Dimension == "vis" && ReferenceEquals(i.Exception, thrown)));
    }

    [Fact]
    public async Task Missing_scores_and_warnings_are_reported()
    {
        Fake reward = new(["rot"], (_, _) => [RewardScore.Missing("no pose"), RewardScore.Of(0, "one frame"), RewardScore.Of(1)]);

        PanelScores scores = await new RewardPanel(reward).ScoreAsync([[Rollout, Rollout, Rollout]]);

        Assert.Equal<RewardIncident>(
            [new RewardIncident("rot", 0, 0, true, "no pose"), new RewardIncident("rot", 0, 1, false, "one frame")],
            scores.Incidents);
    }

    [Fact]
    public async Task Cancellation_is_not_a_missing_score()
    {
        using CancellationTokenSource stop = new();
        Fake reward = new(["a"], (_, _) => { stop.Cancel(); stop.Token.ThrowIfCancellationRequested(); return []; });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new RewardPanel(reward).ScoreAsync([[Rollout]], stop.Token));
    }

    [Fact]
    public async Task Timeout_inside_a_reward_is_a_missing_score()
    {
        Fake reward = new(["a"], (_, _) => throw new TaskCanceledException("the remote scorer timed out"));

        PanelScores scores = await new RewardPanel(reward).ScoreAsync([[Rollout]]);

        Assert.Contains("timed out", scores[0, 0, 0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reward_with_the_wrong_number_of_scores_is_missing()
    {
        PanelScores scores = await new RewardPanel(new Fake(["a"], (_, _) => [RewardScore.Of(1)])).ScoreAsync([[Rollout, Rollout]]);

        Assert.Contains("scored 1 rollouts, expected 2", scores[0, 0, 0].Reason, StringComparison.Ordinal);
        Assert.True(scores[0, 0, 1].IsMissing);
    }

    [Fact]
    public void Two_dimensions_of_one_name_are_refused() =>
        Assert.Contains("trans", Assert.Throws<ArgumentException>(() => new RewardPanel(new Fake(["trans"], null!), new Fake(["trans"], null!))).Message, StringComparison.Ordinal);

    [Fact]
    public void Panel_without_rewards_is_refused() => Assert.Throws<ArgumentException>(() => new RewardPanel());

    [Fact]
    public async Task Unknown_dimension_names_those_there_are()
    {
        PanelScores scores = await new RewardPanel(new Fake(["trans", "rot"], (g, _) => [.. g.Select(_ => RewardScore.Of(0))])).ScoreAsync([[Rollout]]);

        Assert.Contains("trans, rot", Assert.Throws<ArgumentException>(() => scores.DimensionIndex("vis")).Message, StringComparison.Ordinal);
    }

    /// <summary>A reward whose scores per dimension come from a function of the rollouts and the dimension's index.</summary>
    private sealed class Fake(string[] names, Func<IReadOnlyList<VideoRollout>, int, RewardScore[]> scores) : IReward
    {
        public ImmutableArray<RewardDimension> Dimensions { get; } = [.. names.Select(n => new RewardDimension(n, "1", n))];

        public ValueTask<IReadOnlyList<ImmutableArray<RewardScore>>> ScoreAsync(IReadOnlyList<VideoRollout> rollouts, CancellationToken cancellationToken = default)
        {
            RewardScore[][] byDimension = [.. names.Select((_, d) => scores(rollouts, d))];
            return new([.. Enumerable.Range(0, byDimension[0].Length).Select(m => byDimension.Select(d => d[m]).ToImmutableArray())]);
        }
    }
}
