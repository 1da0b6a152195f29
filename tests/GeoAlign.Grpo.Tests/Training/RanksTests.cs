namespace GeoAlign.Grpo.Tests;

/// <summary>Two processes, played by two threads that meet at every exchange.</summary>
public class RanksTests
{
    [Fact]
    public async Task Two_ranks_train_what_one_rank_trains()
    {
        GrpoOptions options = ToyTask.Options with { Iterations = 6, Advantage = AdvantageOptions.GeoAlign with { Clip = 1.5 } };
        ShiftPolicy alone = new(6);
        ToyTask whole = new() { Failure = Fail };
        await new GrpoTrainer<int>(options, whole.With(alone)).RunAsync();

        using Exchange exchange = new(2);
        ShiftPolicy[] policies = [new(6), new(6)];
        ToyTask[] tasks = [new() { Conditions = 1, FirstCondition = 0, Failure = Fail }, new() { Conditions = 1, FirstCondition = 1, Failure = Fail }];
        await Task.WhenAll(Enumerable.Range(0, 2).Select(rank => Task.Run(() => new GrpoTrainer<int>(options, tasks[rank].With(policies[rank]) with
        {
            Ranks = new Rank(rank, exchange), Optimizer = new Summed(policies[rank], new Rank(rank, exchange)),
        }).RunAsync())));

        Assert.Equal(policies[0].Weights, policies[1].Weights);
        Near.Equal(Array.ConvertAll(alone.Weights, w => (double)w), policies[0].Weights, 2e-5, 0, "weights");
        Assert.Equal(whole.Reports[3].Updates[1].GradientNorm, tasks[1].Reports[3].Updates[1].GradientNorm, 1e-5);
        Assert.Equal(whole.Reports[2].Updates[0].Loss, tasks.Sum(t => t.Reports[2].Updates[0].Loss), 1e-5);

        static RewardEntry? Fail(int iteration, int member) => iteration == 2 && member == 5 ? RewardEntry.Missing("no pose") : null;
    }

    [Fact]
    public async Task A_roll_back_asked_for_by_one_rank_takes_its_factor_on_all()
    {
        using Exchange exchange = new(2);
        using TemporaryFolder folder = new();
        TrainerState[] ends = await Task.WhenAll(Enumerable.Range(0, 2).Select(rank => Task.Run(() =>
        {
            ShiftPolicy policy = new(6);
            return new GrpoTrainer<int>(ToyTask.Options with { Iterations = 3, CheckpointEvery = 1 }, new ToyTask { Conditions = 1, FirstCondition = rank }.With(policy) with
            {
                Ranks = new Rank(rank, exchange), Optimizer = new Summed(policy, new Rank(rank, exchange)), Guard = new OneRollBack(rank),
                Checkpoints = new CheckpointStore(folder.Path, new CheckpointOptions { Writes = rank == 0 }),
            }).RunAsync();
        })));

        Assert.All(ends, state => Assert.Equal((3, 0.5, 1), (state.Iteration, state.LearningRateFactor, state.RollBacks)));
    }

    // Rank 1 asks; rank 0 says nothing, as a guard of one's own may that returns the default value.
    private sealed class OneRollBack(int rank) : ITrainingGuard
    {
        public TrainingDecision Judge(IterationReport report, TrainerState state) =>
            rank == 1 && report.Iteration == 1 && state.RollBacks == 0 ? TrainingDecision.RollBack("worse", 0.5) : default;
    }

    [Fact]
    public async Task Ranks_with_different_numbers_of_conditions_are_refused()
    {
        using Exchange exchange = new(2);
        Task[] runs = [.. Enumerable.Range(0, 2).Select(rank => Task.Run(() => new GrpoTrainer<int>(ToyTask.Options,
            new ToyTask { Conditions = 1 + rank }.With(new ShiftPolicy(6)) with { Ranks = new Rank(rank, exchange) }).RunAsync()))];

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(runs));

        Assert.Contains("1, 2", refusal.Message, StringComparison.Ordinal);
    }

    private sealed class Exchange(int ranks) : IDisposable
    {
        private readonly Barrier _barrier = new(ranks);
        private readonly double[][] _values = new double[ranks][];

        public int Ranks => ranks;

        public double[][] All(int rank, double[] values)
        {
            _values[rank] = values;
            Meet();
            double[][] all = [.. _values];
            Meet();
            return all;
        }

        public void Dispose() => _barrier.Dispose();

        private void Meet() => Assert.True(_barrier.SignalAndWait(TimeSpan.FromSeconds(30)), "A rank did not come to the exchange.");
    }

    private sealed class Rank(int rank, Exchange exchange) : IRankReduction
    {
        int IRankReduction.Rank => rank;

        public int RankCount => exchange.Ranks;

        public double[] Max(ReadOnlySpan<double> values)
        {
            double[][] all = exchange.All(rank, values.ToArray());
            return [.. Enumerable.Range(0, values.Length).Select(i => all.Max(v => v[i]))];
        }

        public double[][] Gather(ReadOnlySpan<double> values) => exchange.All(rank, values.ToArray());
    }

    private sealed class Summed(ShiftPolicy policy, IRankReduction ranks) : IPolicyOptimizer
    {
        public void ZeroGradients() => policy.ZeroGradients();

        public void SumGradientsOverRanks()
        {
            double[][] all = ranks.Gather(Array.ConvertAll(policy.Gradients, g => (double)g));
            for (int i = 0; i < policy.Gradients.Length; i++) policy.Gradients[i] = (float)all.Sum(g => g[i]);
        }

        public double GradientNorm() => policy.GradientNorm();

        public void ApplyUpdate(double learningRate, double gradientScale) => policy.ApplyUpdate(learningRate, gradientScale);

        public void Save(string folder) => policy.Save(folder);

        public void Load(string folder) => policy.Load(folder);
    }
}
