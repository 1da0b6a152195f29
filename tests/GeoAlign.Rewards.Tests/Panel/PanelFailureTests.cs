using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;

namespace GeoAlign.Rewards.Tests.Panel;

/// <summary>Scorers that fail, hang, answer wrongly or too late: always missing with a reason, in bounded time, and never at the cost of the others.</summary>
public class PanelFailureTests
{
    private static readonly VideoRollout Rollout = new() { Frames = Videos.Counting(1, 1, 1) };
    private static readonly PanelOptions Quick = new() { StopGrace = TimeSpan.FromMilliseconds(50) };
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(3);      // for a call that does answer, on a busy machine
    private static readonly PanelEntry Steady = new(new FakeReward("steady", _ => 7));

    [Fact]
    public async Task Reward_that_waits_for_ever_and_ignores_cancellation_is_missing_in_bounded_time()
    {
        FakeReward hanging = FakeReward.After("hanging", 1, _ => new TaskCompletionSource().Task);
        RewardPanel panel = new([new PanelEntry(hanging) { Timeout = TimeSpan.FromMilliseconds(100) }, Steady], Quick);

        Stopwatch watch = Stopwatch.StartNew();
        PanelScores scores = await panel.ScoreAsync([[Rollout], [Rollout, Rollout]]).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
        Assert.Contains("gave no answer within 0.1 s, and does not stop", scores[0, 0, 0].Reason, StringComparison.Ordinal);
        Assert.Contains("still busy", scores[0, 1, 1].Reason, StringComparison.Ordinal);
        Assert.Equal(1, hanging.Calls);
        Assert.True(scores.Calls[0].TimedOut);
        Assert.Equal(7, scores[1, 1, 0].Value);
    }

    [Fact]
    public async Task Reward_that_blocks_its_thread_is_missing_in_bounded_time()
    {
        using ManualResetEventSlim released = new();
        FakeReward blocking = FakeReward.After("blocking", 1, _ => { released.Wait(TimeSpan.FromSeconds(20), CancellationToken.None); return Task.CompletedTask; });
        RewardPanel panel = new([new PanelEntry(blocking) { Timeout = TimeSpan.FromMilliseconds(100) }, Steady], Quick);

        PanelScores scores = await panel.ScoreAsync([[Rollout]]).AsTask().WaitAsync(TimeSpan.FromSeconds(15));

        Assert.True(scores[0, 0, 0].IsMissing);
        Assert.Equal(7, scores[1, 0, 0].Value);
        released.Set();
    }

    [Fact]
    public async Task Reward_that_stops_after_its_timeout_gets_the_next_group()
    {
        int calls = 0;
        FakeReward slowOnce = FakeReward.After("slow", 1, stop => calls++ == 0 ? Task.Delay(Timeout.Infinite, stop) : Task.CompletedTask);
        RewardPanel panel = new([new PanelEntry(slowOnce) { Timeout = Ample }], new PanelOptions());

        PanelScores scores = await panel.ScoreAsync([[Rollout], [Rollout]]);

        Assert.True(scores[0, 0, 0].IsMissing);
        Assert.DoesNotContain("does not stop", scores[0, 0, 0].Reason, StringComparison.Ordinal);
        Assert.Equal(1, scores[0, 1, 0].Value);
    }

    [Fact]
    public async Task Reward_that_ends_late_is_used_again_by_the_next_run()
    {
        TaskCompletionSource end = new();
        FakeReward late = FakeReward.After("late", 1, _ => end.Task);
        RewardPanel panel = new([new PanelEntry(late) { Timeout = Ample }], new PanelOptions { StopGrace = Ample });

        PanelScores first = await panel.ScoreAsync([[Rollout]]), second = await panel.ScoreAsync([[Rollout]]);
        end.SetResult();
        PanelScores third = await panel.ScoreAsync([[Rollout]]);

        Assert.True(first[0, 0, 0].IsMissing);
        Assert.Contains("still busy", second[0, 0, 0].Reason, StringComparison.Ordinal);
        Assert.Equal(0, second.Calls[0].Attempts);
        Assert.Equal(1, third[0, 0, 0].Value);
    }

    [Fact]
    public async Task Number_that_is_not_finite_makes_the_group_missing()
    {
        FakeReward reward = new("nan", rollout => ReferenceEquals(rollout, Rollout) ? double.NaN : 1);

        PanelScores scores = await new RewardPanel([new PanelEntry(reward), Steady], new PanelOptions()).ScoreAsync([[Rollout, Rollout with { }], [Rollout with { }]]);

        Assert.Equal([true, true], scores.Group(0, 0).Select(s => s.IsMissing));
        Assert.Equal(1, scores[0, 1, 0].Value);
        Assert.Equal(7, scores[1, 0, 0].Value);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 2)]
    public async Task Wrong_number_of_answers_is_missing(int rollouts, int dimensions)
    {
        FakeReward reward = new(["a"], (_, _) => Task.FromResult<IReadOnlyList<ImmutableArray<RewardScore>>>(
            [.. Enumerable.Repeat<ImmutableArray<RewardScore>>([.. Enumerable.Repeat(RewardScore.Of(1), dimensions)], rollouts)]));

        PanelScores scores = await new RewardPanel(reward).ScoreAsync([[Rollout]]);

        if (rollouts == 1) Assert.Contains($"gave {dimensions} scores for rollout 0, expected 1", scores[0, 0, 0].Reason, StringComparison.Ordinal);
        else Assert.Contains($"scored {rollouts} rollouts, expected 1", scores[0, 0, 0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_list_at_all_is_missing()
    {
        FakeReward reward = new(["a"], (_, _) => Task.FromResult<IReadOnlyList<ImmutableArray<RewardScore>>>(null!));

        Assert.Contains("no list", (await new RewardPanel(reward).ScoreAsync([[Rollout]]))[0, 0, 0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transient_failure_is_tried_again()
    {
        int calls = 0;
        FakeReward shaky = FakeReward.After("shaky", 3, _ => calls++ < 2 ? throw new TransientRewardException("busy") : Task.CompletedTask);
        RewardPanel panel = new([new PanelEntry(shaky) { Retry = new() { MaxAttempts = 3, Delay = TimeSpan.FromMilliseconds(1) } }], new PanelOptions());

        PanelScores scores = await panel.ScoreAsync([[Rollout]]);

        Assert.Equal(3, scores[0, 0, 0].Value);
        Assert.Equal(3, scores.Calls[0].Attempts);
        Assert.Equal<string>(["TransientRewardException: busy", "TransientRewardException: busy"], scores.Calls[0].Failures);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public async Task Only_transient_failures_are_tried_again_and_not_for_ever(bool transient, int attempts)
    {
        FakeReward failing = FakeReward.After("failing", 1, _ => throw (transient ? new TransientRewardException("busy") : new InvalidOperationException("wrong")));
        RewardPanel panel = new([new PanelEntry(failing) { Retry = new() { MaxAttempts = 3, Delay = TimeSpan.Zero } }], new PanelOptions());

        PanelScores scores = await panel.ScoreAsync([[Rollout]]);

        Assert.Equal(attempts, failing.Calls);
        Assert.Equal(attempts, scores.Calls[0].Attempts);
        Assert.Contains(transient ? "after 3 attempts: TransientRewardException: busy" : "InvalidOperationException: wrong", scores[0, 0, 0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Transient_failures_are_those_of_networks_and_time()
    {
        Assert.All<Exception>(
            [new TimeoutException(), new HttpRequestException("refused"), new HttpRequestException("busy", null, HttpStatusCode.ServiceUnavailable), new TransientRewardException("busy")],
            e => Assert.True(RetryPolicy.IsTransientByDefault(e)));
        Assert.All<Exception>(
            [new ArgumentException("bad"), new HttpRequestException("bad", null, HttpStatusCode.BadRequest), new IOException("disk"), new NotSupportedException(), new TaskCanceledException()],
            e => Assert.False(RetryPolicy.IsTransientByDefault(e)));
    }

    [Fact]
    public void Waits_grow()
    {
        RetryPolicy policy = new() { Delay = TimeSpan.FromSeconds(2), DelayFactor = 3 };

        Assert.Equal([2, 6, 18], new[] { 1, 2, 3 }.Select(a => policy.DelayAfter(a).TotalSeconds));
        Assert.InRange(policy.DelayAfter(100), TimeSpan.FromDays(49), TimeSpan.FromDays(50));      // what a timer can wait
        Assert.Equal(TimeSpan.Zero, (policy with { Delay = TimeSpan.Zero }).DelayAfter(2000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Cancelling_stops_everything_even_what_ignores_it(int concurrency)
    {
        using CancellationTokenSource stop = new();
        FakeReward polite = FakeReward.After("polite", 1, token => Task.Delay(Timeout.Infinite, token)), deaf = FakeReward.After("deaf", 1, _ => new TaskCompletionSource().Task);
        RewardPanel panel = new([new PanelEntry(deaf), new PanelEntry(polite)], new PanelOptions { MaxConcurrency = concurrency });

        Task<PanelScores> run = panel.ScoreAsync([[Rollout]], stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(20)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await panel.ScoreAsync([[Rollout]], stop.Token));
    }
}
