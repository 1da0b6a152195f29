namespace GeoAlign.Grpo.Tests;

public class TrainingGuardTests
{
    [Fact]
    public async Task A_guard_can_stop_a_run_which_then_goes_on_later()
    {
        using TemporaryFolder folder = new();
        ToyTask task = new();
        GrpoOptions options = ToyTask.Options with { Iterations = 12 };
        TrainerParts<int> parts = task.With(new ShiftPolicy(6)) with { Checkpoints = new CheckpointStore(folder.Path), Guard = new At(5, _ => TrainingDecision.Stop("enough")) };

        TrainerState stopped = await new GrpoTrainer<int>(options, parts).RunAsync();
        TrainerState end = await new GrpoTrainer<int>(options, parts with { Guard = null }).RunAsync();

        Assert.Equal((6, 12), (stopped.Iteration, end.Iteration));
        Assert.Contains("stopped: enough", task.Events);
        Assert.Equal(Enumerable.Range(0, 12), task.Reports.Select(r => r.Iteration));
    }

    [Fact]
    public async Task A_roll_back_restores_the_weights_lowers_the_rate_and_drops_the_log()
    {
        using TemporaryFolder folder = new();
        string log = folder.File("log.jsonl");
        ToyTask task = new();
        ShiftPolicy policy = new(6);
        List<(int Iteration, float[] Weights)> seen = [];
        At guard = new(6, state => state.RollBacks == 0 ? TrainingDecision.RollBack("worse", 0.5) : TrainingDecision.Continue);
        ToyTask watched = new() { AfterIteration = r => seen.Add((r.Iteration, [.. policy.Weights])) };
        TrainerParts<int> parts = watched.With(policy) with { Checkpoints = new CheckpointStore(folder.File("checkpoints")), Guard = guard, Log = new JsonlLog(log) };

        TrainerState end = await new GrpoTrainer<int>(ToyTask.Options with { Iterations = 8, CheckpointEvery = 3 }, parts).RunAsync();

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 6, 7], seen.Select(s => s.Iteration));      // the checkpoint after iteration 5 is the newest
        Assert.Equal((8, 0.5, 1), (end.Iteration, end.LearningRateFactor, end.RollBacks));
        Assert.Equal(0.025, watched.Reports[^1].Updates[0].LearningRate);
        Assert.Equal(watched.Reports[6].Rewards, watched.Reports[7].Rewards);           // same weights, same noise: same rollouts
        Assert.NotEqual(seen[6].Weights, seen[7].Weights);
        Assert.Equal(8, File.ReadLines(log).Count());
    }

    [Fact]
    public async Task A_roll_back_before_the_first_checkpoint_starts_over()
    {
        using TemporaryFolder folder = new();
        ToyTask task = new();
        At guard = new(1, state => state.RollBacks == 0 ? TrainingDecision.RollBack("worse", 0.5) : TrainingDecision.Continue);

        await new GrpoTrainer<int>(ToyTask.Options with { Iterations = 3 }, task.With(new ShiftPolicy(6)) with { Checkpoints = new CheckpointStore(folder.Path), Guard = guard }).RunAsync();

        Assert.Equal([0, 1, 0, 1, 2], task.Reports.Select(r => r.Iteration));
    }

    [Fact]
    public void A_guard_without_checkpoints_is_refused() => Assert.Throws<ArgumentException>(
        () => new GrpoTrainer<int>(ToyTask.Options, new ToyTask().With(new ShiftPolicy(6)) with { Guard = new CollapseGuard("near", 1) }));

    [Theory]
    [InlineData(-0.1, 5, 0.5, 3, "maxDrop")]
    [InlineData(double.NaN, 5, 0.5, 3, "maxDrop")]
    [InlineData(1, 0, 0.5, 3, "window")]
    [InlineData(1, 5, 1.5, 3, "rollBackFactor")]
    [InlineData(1, 5, 0.0, 3, "rollBackFactor")]
    [InlineData(1, 5, 0.5, -1, "maxRollBacks")]
    public void A_guard_refuses_bad_numbers_before_the_run(double maxDrop, int window, double factor, int rollBacks, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new CollapseGuard("near", maxDrop, window, factor, rollBacks)).ParamName);

    [Fact]
    public void A_collapse_is_a_fall_of_the_moving_mean()
    {
        CollapseGuard stopping = new("r", 1, 2), rolling = new("r", 1, 2, 0.5, 1);
        double[] rewards = [0, 1, 3, 3, -5, 3, 3, 1, 1];
        static IterationReport Report(double? mean) => new()
        {
            Iteration = 0, Windows = [], Rollouts = 1, LeftOut = 0, TiedGroupShare = 0, Updates = [], Network = new NetworkWork(0, 0, 0), Seconds = new StageSeconds(0, 0, 0, 0),
            Rewards = [new RewardSummary("r", mean, 0, 0, 0)],
        };

        TrainingAction[] actions = [.. rewards.Select(r => stopping.Judge(Report(r), TrainerState.Initial).Action)];
        foreach (double reward in rewards[..4]) rolling.Judge(Report(reward), TrainerState.Initial);
        TrainingDecision back = rolling.Judge(Report(-5), TrainerState.Initial);
        rolling.Judge(Report(0), TrainerState.Initial);
        TrainingDecision stop = rolling.Judge(Report(0), TrainerState.Initial with { RollBacks = 1 });

        Assert.Equal(TrainingAction.Continue, actions[3]);
        Assert.Equal(TrainingAction.Stop, actions[4]);             // mean of (3, −5) is −1, the best was 3
        Assert.Equal(TrainingAction.Continue, actions[7]);         // (3, 1)
        Assert.Equal(TrainingAction.Stop, actions[8]);             // (1, 1)
        Assert.Equal((TrainingAction.RollBack, 0.5), (back.Action, back.LearningRateFactor));
        Assert.Equal(TrainingAction.Stop, stop.Action);
        Assert.Equal(TrainingAction.Continue, stopping.Judge(Report(null), TrainerState.Initial).Action);
        Assert.Throws<InvalidOperationException>(() => new CollapseGuard("other", 1).Judge(Report(0), TrainerState.Initial));
    }

    private sealed class At(int iteration, Func<TrainerState, TrainingDecision> decide) : ITrainingGuard
    {
        public TrainingDecision Judge(IterationReport report, TrainerState state) => report.Iteration == iteration ? decide(state) : TrainingDecision.Continue;
    }
}
