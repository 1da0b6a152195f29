namespace GeoAlign.Grpo.Tests;

public class GrpoTrainerTests
{
    [Fact]
    public async Task A_small_policy_learns_its_reward()
    {
        ToyTask task = new();
        ShiftPolicy policy = new(TargetTask.Target.Length);

        TrainerState state = await new GrpoTrainer<int>(ToyTask.Options with { Iterations = 120 }, task.With(policy)).RunAsync();

        Assert.Equal(new TrainerState(120, 240), state);
        double[] near = [.. task.Reports.Select(r => r.Rewards[0].Mean!.Value)];
        double before = near[..3].Average(), after = near[^20..].Average();
        Assert.True(after - before > 0.2, $"The reward went from {before} to {after}.");
        double left = policy.Weights.Zip(TargetTask.Target, (w, t) => (w + t) * (w + t)).Sum(), whole = TargetTask.Target.Sum(t => t * t);
        Assert.True(left < 0.2 * whole, $"The squared distance to the best weights is {left} of {whole}.");
    }

    [Fact]
    public async Task Reports_tell_what_happened()
    {
        ToyTask task = new() { Failure = (iteration, member) => iteration == 1 && member == 2 ? RewardEntry.Missing("no pose") : null };

        await new GrpoTrainer<int>(ToyTask.Options with { Iterations = 7 }, task.With(new ShiftPolicy(6))).RunAsync();

        Assert.Equal([0, 1, 2, 3, 4, 5, 6], task.Reports.Select(r => r.Iteration));
        Assert.Equal([new SdeWindow(0, 3)], task.Reports[4].Windows);
        Assert.Equal([new SdeWindow(1, 3)], task.Reports[5].Windows);
        Assert.All(task.Reports, r => Assert.Equal(16, r.Rollouts));
        Assert.All(task.Reports, r => Assert.Equal(r.Iteration == 1 ? 2 : 0, r.LeftOut));
        Assert.Equal((2, 2), (task.Reports[1].Rewards[0].Missing, task.Reports[1].Rewards[1].Missing));
        Assert.All(task.Reports, r => Assert.True(r.Updates[0].MaxRatioDeviation <= 1e-6 && r.Updates[0].RatioMean == 1));
        Assert.All(task.Reports, r => Assert.Equal(0.05, r.Updates[1].LearningRate));
        Assert.Equal(2 * (1 + 8 * 7), task.Reports[0].Network.Rollout);
        Assert.Equal(2 * 2 * (1 + 4 * 2), task.Reports[0].Network.Trained);
        Assert.All(task.Reports, r => Assert.True(r.Seconds.Total > 0 && r.Updates[0].GradientNorm > 0));
    }

    [Fact]
    public async Task Progress_is_told_step_by_step()
    {
        ToyTask task = new();

        await new GrpoTrainer<int>(ToyTask.Options with { Iterations = 1 }, task.With(new ShiftPolicy(6))).RunAsync();

        Assert.Equal([.. Enumerable.Range(1, 8).Select(i => $"step 0 {i}/8"), "drawn 0", .. Enumerable.Range(1, 8).Select(i => $"step 1 {i}/8"), "drawn 1"], task.Events.Take(18));
        Assert.Equal(2, task.Events.Count(e => e == "backward 18/18"));          // per update and group: the shared state, then 4 members at 2 steps
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Overlapped_scoring_gives_the_same_run(bool overlap)
    {
        ToyTask plain = new(), other = new() { ScoringDelay = TimeSpan.FromMilliseconds(5), Conditions = 2 };
        ShiftPolicy first = new(6), second = new(6);

        await new GrpoTrainer<int>(ToyTask.Options with { Iterations = 4 }, plain.With(first)).RunAsync();
        await new GrpoTrainer<int>(ToyTask.Options with { Iterations = 4, OverlapScoring = overlap }, other.With(second)).RunAsync();

        Assert.Equal(first.Weights, second.Weights);
        if (!overlap) Assert.Equal(["drawn 0", "drawn 1", "score 0"], other.Events.Where(e => !e.StartsWith("step", StringComparison.Ordinal)).Take(3));
        Assert.Equal(["score 0", "scored 0", "score 1", "scored 1"], other.Events.Where(e => e.StartsWith("score", StringComparison.Ordinal)).Take(4));
    }

    [Fact]
    public async Task A_scorer_that_fails_stops_the_run_with_its_own_exception()
    {
        ToyTask task = new() { Failure = (iteration, _) => iteration == 2 ? throw new IOException("reward service is gone") : null };
        foreach (bool overlap in new[] { false, true })
        {
            IOException failure = await Assert.ThrowsAsync<IOException>(
                () => new GrpoTrainer<int>(ToyTask.Options with { OverlapScoring = overlap }, task.With(new ShiftPolicy(6))).RunAsync());
            Assert.Equal("reward service is gone", failure.Message);
        }
    }

    [Fact]
    public async Task A_rollout_that_fails_waits_for_scores_in_flight_before_the_run_ends()
    {
        ToyTask task = new() { ScoringDelay = TimeSpan.FromMilliseconds(100) };
        ShiftPolicy policy = new(6);
        TrainerParts<int> parts = task.With(policy) with { Policy = new FailsOn(1, policy) };

        await Assert.ThrowsAsync<IOException>(() => new GrpoTrainer<int>(ToyTask.Options with { OverlapScoring = true }, parts).RunAsync());

        Assert.Equal(["score 0", "scored 0"], task.Events.Where(e => e.StartsWith("score", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        float[][] weights = new float[3][];
        for (int run = 0; run < 3; run++)
        {
            ShiftPolicy policy = new(6);
            await new GrpoTrainer<int>(ToyTask.Options with { Iterations = 3, Seed = run == 2 ? 4u : 3u }, new ToyTask().With(policy)).RunAsync();
            weights[run] = policy.Weights;
        }

        Assert.Equal(weights[0], weights[1]);
        Assert.NotEqual(weights[0], weights[2]);
    }

    [Fact]
    public async Task The_average_of_the_weights_follows_them()
    {
        ShiftPolicy policy = new(6);

        await new GrpoTrainer<int>(ToyTask.Options with { Iterations = 20, Ema = new EmaOptions(0.9, 2) }, new ToyTask().With(policy)).RunAsync();

        Assert.NotEqual(policy.Weights, policy.Average);
        Assert.All(policy.Weights.Zip(policy.Average), p => Assert.True(Math.Sign(p.First) == Math.Sign(p.Second) || Math.Abs(p.First) < 0.1));
    }

    [Fact]
    public async Task Being_asked_to_stop_between_iterations_returns_the_iterations_done()
    {
        using CancellationTokenSource stop = new();
        ToyTask task = new() { AfterIteration = r => { if (r.Iteration == 2) stop.Cancel(); } };

        TrainerState state = await new GrpoTrainer<int>(ToyTask.Options, task.With(new ShiftPolicy(6))).RunAsync(stop.Token);

        Assert.Equal(3, state.Iteration);
    }

    [Fact]
    public async Task Weights_that_run_away_stop_the_run_and_name_the_place()
    {
        ShiftPolicy policy = new(6);
        ToyTask task = new() { AfterIteration = r => policy.Weights[1] = r.Iteration == 1 ? float.PositiveInfinity : policy.Weights[1] };

        NonFiniteException stop = await Assert.ThrowsAsync<NonFiniteException>(() => new GrpoTrainer<int>(ToyTask.Options, task.With(policy)).RunAsync());

        Assert.Contains("step 0", stop.Message, StringComparison.Ordinal);
        Assert.Equal(4, policy.Updates);
    }

    [Fact]
    public void Bad_settings_are_listed_together()
    {
        GrpoOptions bad = new()
        {
            Iterations = 0, LearningRate = double.NaN, Window = new SlidingWindow(30), Noise = new FlowSdeRule(-1),
            Rollout = new RolloutOptions { GroupSize = 1 }, Objective = new ObjectiveOptions { ClipLow = 2 }, Update = new UpdateOptions { RatioTolerance = 0 },
            Advantage = new AdvantageOptions { Epsilon = -1 }, Ema = new EmaOptions(2),
        };

        string message = Assert.Throws<ArgumentException>(bad.Validated).Message;

        foreach (string name in new[] { "Iterations", "LearningRate", "Window: Length", "Noise: NoiseScale", "Rollout.GroupSize", "Objective.ClipLow", "Update.RatioTolerance", "Advantage.Epsilon", "Ema.Decay" })
            Assert.Contains(name, message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_paper_settings_are_good_and_the_defaults()
    {
        GrpoOptions options = new GrpoOptions().Validated();

        Assert.Equal((140, 25, 12, 1e-4, 0.0), (options.Iterations, options.Steps, options.Rollout.GroupSize, options.LearningRate, options.Objective.KlWeight));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_window_that_cannot_be_trained_is_refused_before_the_run(bool empty)
    {
        GrpoOptions options = empty
            ? new GrpoOptions { Steps = 10, Window = new RepositoryWindow(4, 1, 4, RollBack: false) }
            : new GrpoOptions { Steps = 10, Window = new SlidingWindow(4, 1, 1), Noise = new CpsRule(0.8) };

        Assert.Contains(empty ? "iteration 2 has no stochastic step" : "trains step 9", Assert.Throws<ArgumentException>(options.Validated).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_that_each_group_draws_are_refused_if_any_of_them_cannot_be_trained()
    {
        GrpoOptions options = new() { Steps = 10, Iterations = 1, Window = new RandomWindow(2, PerGroup: true), Noise = new CpsRule(0.8) };

        Assert.Contains("step 9", Assert.Throws<ArgumentException>(options.Validated).Message, StringComparison.Ordinal);
        (options with { Window = new RandomWindow(2, End: 9, PerGroup: true) }).Validated();
    }

    [Fact]
    public void More_updates_than_kept_rollouts_are_refused()
    {
        GrpoOptions options = new() { Update = new UpdateOptions { UpdatesPerIteration = 4, KeepBestAndWorst = 3 } };

        Assert.Contains("Update.UpdatesPerIteration is 4, must be ≤ 3", Assert.Throws<ArgumentException>(options.Validated).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Choices_that_do_not_exist_are_named()
    {
        GrpoOptions options = new()
        {
            Advantage = new AdvantageOptions { Space = (AdvantageSpace)7, Scale = (AdvantageScale)8, Missing = (MissingRewards)9 }, Flash = new FlashTail(Variant: (MultistepVariant)5),
            Window = new SlidingWindow(AtEnd: (WindowEnd)6),
        };

        string message = Assert.Throws<ArgumentException>(options.Validated).Message;

        foreach (string named in new[] { "Advantage.Space is 7", "Advantage.Scale is 8", "Advantage.Missing is 9", "Flash.Variant is 5", "Window: AtEnd is 6" })
            Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains("Window: Pace is 4", Assert.Throws<ArgumentException>((new GrpoOptions { Window = new RepositoryWindow(Pace: (RepositoryPace)4) }).Validated).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_average_needs_an_optimizer_that_keeps_one() =>
        Assert.Contains("IAveragedWeights", Assert.Throws<ArgumentException>(() => new GrpoTrainer<int>(ToyTask.Options with { Ema = new EmaOptions() },
            new ToyTask().With(new ShiftPolicy(6)) with { Optimizer = new ToyPolicy([[0]], [1], [0], 0) })).Message, StringComparison.Ordinal);

    [Fact]
    public void An_optimizer_whose_average_is_switched_off_is_refused_before_the_run() =>
        Assert.Contains("keep no average", Assert.Throws<ArgumentException>(() => new GrpoTrainer<int>(ToyTask.Options with { Ema = new EmaOptions() },
            new ToyTask().With(new ShiftPolicy(6)) with { Optimizer = new WithoutAverage() })).Message, StringComparison.Ordinal);

    private sealed class WithoutAverage : IPolicyOptimizer, IAveragedWeights
    {
        public bool KeepsAverage => false;

        public void MoveAverage(double decay) => throw new InvalidOperationException();

        public void ZeroGradients()
        {
        }

        public double GradientNorm() => 0;

        public void ApplyUpdate(double learningRate, double gradientScale) => throw new InvalidOperationException();

        public void Save(string folder) => throw new InvalidOperationException();

        public void Load(string folder) => throw new InvalidOperationException();
    }

    private sealed class FailsOn(int failing, IPolicy<int, float> policy) : IPolicy<int, float>
    {
        public int LatentSize(int condition) => policy.LatentSize(condition);

        public void PredictVelocity(int condition, double sigma, int count, ReadOnlySpan<float> latents, Span<float> velocities)
        {
            if (condition == failing) throw new IOException("the device is gone");
            policy.PredictVelocity(condition, sigma, count, latents, velocities);
        }

        public void Backpropagate(int condition, double sigma, int count, ReadOnlySpan<float> latents, VelocityGradient<float> lossGradient) =>
            policy.Backpropagate(condition, sigma, count, latents, lossGradient);
    }
}
