namespace GeoAlign.Rewards.Tests.Panel;

public class PanelBudgetTests
{
    private static readonly IReadOnlyList<IReadOnlyList<VideoRollout>> Groups = [[new VideoRollout { Frames = Videos.Counting(1, 1, 1) }]];

    [Fact]
    public async Task Rewards_that_fit_run_side_by_side()
    {
        // Each waits for the other: only together they end.
        TaskCompletionSource a = new(), b = new();
        RewardPanel panel = Panel(2, 100,
            new(FakeReward.After("a", 1, async _ => { a.SetResult(); await b.Task; })) { MemoryBytes = 40 },
            new(FakeReward.After("b", 2, async _ => { b.SetResult(); await a.Task; })) { MemoryBytes = 60 });

        PanelScores scores = await panel.ScoreAsync(Groups).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(1, scores[0, 0, 0].Value);
        Assert.Equal(2, scores[1, 0, 0].Value);
    }

    [Theory]
    [InlineData(2, 100, 40, 61, false)]                  // too much memory together
    [InlineData(2, 100, 40, 60, true)]                   // one wants to be alone
    [InlineData(1, null, 0, 0, false)]                   // one at a time
    public async Task Rewards_that_do_not_fit_run_one_after_the_other(int concurrency, int? budget, int first, int second, bool alone)
    {
        int inside = 0, most = 0;
        async Task Work(CancellationToken stop)
        {
            int now = Interlocked.Increment(ref inside);
            lock (Groups) most = Math.Max(most, now);
            await Task.Delay(50, stop);
            Interlocked.Decrement(ref inside);
        }

        RewardPanel panel = Panel(concurrency, budget,
            new(FakeReward.After("a", 1, Work)) { MemoryBytes = first },
            new(FakeReward.After("b", 2, Work)) { MemoryBytes = second, Exclusive = alone });

        await panel.ScoreAsync(Groups);

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Reward_that_fits_passes_one_that_does_not()
    {
        TaskCompletionSource small = new();
        RewardPanel panel = Panel(3, 100,
            new(FakeReward.After("a", 1, _ => small.Task)) { MemoryBytes = 80 },
            new(FakeReward.After("b", 2, _ => Task.CompletedTask)) { MemoryBytes = 30 },
            new(FakeReward.After("c", 3, _ => { small.SetResult(); return Task.CompletedTask; })) { MemoryBytes = 20 });

        PanelScores scores = await panel.ScoreAsync(Groups).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(d => scores[d, 0, 0].Value));
    }

    [Fact]
    public async Task Two_runs_of_one_panel_share_its_device()
    {
        int inside = 0, most = 0;
        RewardPanel panel = Panel(2, null, new PanelEntry(FakeReward.After("a", 1, async stop =>
        {
            int now = Interlocked.Increment(ref inside);
            lock (Groups) most = Math.Max(most, now);
            await Task.Delay(50, stop);
            Interlocked.Decrement(ref inside);
        })));

        await Task.WhenAll(panel.ScoreAsync(Groups).AsTask(), panel.ScoreAsync(Groups).AsTask());

        Assert.Equal(1, most);
    }

    [Fact]
    public void Reward_larger_than_the_device_is_refused() => Assert.Contains("101 bytes, the budget is 100",
        Assert.Throws<ArgumentException>(() => Panel(2, 100, new PanelEntry(new FakeReward("a", _ => 1)) { MemoryBytes = 101 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Bad_settings_are_refused()
    {
        FakeReward reward = new("a", _ => 1);

        Assert.Throws<ArgumentException>(() => Panel(0, null, new PanelEntry(reward)));
        Assert.Throws<ArgumentException>(() => Panel(1, null, new PanelEntry(reward) { Weights = [1, 2] }));
        Assert.Throws<ArgumentException>(() => Panel(1, null, new PanelEntry(reward) { Weights = [double.NaN] }));
        Assert.Throws<ArgumentException>(() => Panel(1, null, new PanelEntry(reward) { Timeout = TimeSpan.Zero }));
        Assert.Contains("null for any time", Assert.Throws<ArgumentException>(() => Panel(1, null, new PanelEntry(reward) { Timeout = TimeSpan.MaxValue })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Panel(1, null, new PanelEntry(reward) { Retry = new() { Delay = TimeSpan.FromDays(50) } }));
        Assert.Throws<ArgumentException>(() => new HttpRewardOptions { Timeout = TimeSpan.MaxValue }.Validated());
        Assert.Throws<ArgumentException>(() => Panel(1, null, new PanelEntry(reward) { Retry = new() { MaxAttempts = 0 } }));
    }

    private static RewardPanel Panel(int concurrency, long? budget, params PanelEntry[] entries) =>
        new(entries, new PanelOptions { MaxConcurrency = concurrency, MemoryBudgetBytes = budget });
}
