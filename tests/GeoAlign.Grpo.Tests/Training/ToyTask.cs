namespace GeoAlign.Grpo.Tests;

/// <summary>The task of the sample with what trainer tests need beside it: failures, delays, and a record of what happened.</summary>
internal sealed class ToyTask : IConditionSource<int>, IRolloutScorer<int>, ITrainingObserver<int>
{
    public List<IterationReport> Reports { get; } = [];

    public List<string> Events { get; } = [];

    public int Conditions { get; init; } = 2;

    public int FirstCondition { get; init; }

    public TimeSpan ScoringDelay { get; init; }

    public Func<int, int, RewardEntry?> Failure { get; init; } = (_, _) => null;

    public Action<IterationReport>? AfterIteration { get; init; }

    public static GrpoOptions Options { get; } = new()
    {
        Iterations = 40, Seed = 3, Steps = 8, Shift = 3, LearningRate = 0.05, Window = new SlidingWindow(3, 5, 1), CheckpointEvery = 4,
        Rollout = new RolloutOptions { GroupSize = 8 }, Update = new UpdateOptions { UpdatesPerIteration = 2 }, Objective = new ObjectiveOptions { ClipLow = 0.2, ClipHigh = 0.2 },
    };

    public IReadOnlyList<int> Draw(int iteration) => [.. Enumerable.Range(FirstCondition, Conditions)];

    public async Task<RewardTable> ScoreAsync(RolloutGroup<int, float> group, CancellationToken stop)
    {
        lock (Events) Events.Add($"score {group.Index}");
        if (ScoringDelay > TimeSpan.Zero) await Task.Delay(ScoringDelay, stop);
        RewardTable table = RewardTable.Create(TargetTask.Rewards, [group.Members.Count], (k, _, i) => Failure(group.Iteration, i) ?? RewardEntry.Of(TargetTask.Reward(k, group.Members[i].Final)));
        lock (Events) Events.Add($"scored {group.Index}");
        return table;
    }

    public void Stepped(int group, int step, int steps)
    {
        lock (Events) Events.Add($"step {group} {step}/{steps}");
    }

    public void Backpropagated(int done, int total)
    {
        lock (Events) Events.Add($"backward {done}/{total}");
    }

    public void Drawn(RolloutGroup<int, float> group, int done, int total)
    {
        lock (Events) Events.Add($"drawn {group.Index}");
    }

    public void Finished(IterationReport report)
    {
        Reports.Add(report);
        AfterIteration?.Invoke(report);
    }

    public void Stopped(string reason)
    {
        lock (Events) Events.Add($"stopped: {reason}");
    }

    public TrainerParts<int> With(ShiftPolicy policy) => new() { Policy = policy, Optimizer = policy, Data = this, Scorer = this, Observer = this };
}
