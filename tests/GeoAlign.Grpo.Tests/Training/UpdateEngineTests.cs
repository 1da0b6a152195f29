namespace GeoAlign.Grpo.Tests;

public class UpdateEngineTests
{
    private static readonly SigmaSchedule Schedule = SigmaSchedule.Linspace(8, 3);
    private static readonly StepRule Rule = new FlowSdeRule(0.7);
    private static readonly SdeWindow Window = new(1, 3);

    [Fact]
    public void Sharing_skipping_and_batching_change_no_weight_but_save_work() => ForAll.Seeds(40, rng =>
    {
        ObjectiveOptions objective = new() { Kind = (ObjectiveKind)rng.Next(4), ClipLow = 1e-3, ClipHigh = 1e-3, StepWeight = (StepWeighting)rng.Next(6), DppoThreshold = 1e-4 };
        int updates = rng.Next(1, 4), seed = rng.Next();
        (double[] weights, ToyPolicy fast) = Run(objective, new UpdateOptions { UpdatesPerIteration = updates, RatioTolerance = 1e-9 }, seed);

        (double[] naive, ToyPolicy slow) = Run(objective, new UpdateOptions { UpdatesPerIteration = updates, ShareStateGradient = false, SkipZeroAdvantages = false, RatioTolerance = 1e-9 }, seed);
        (double[] batched, _) = Run(objective, new UpdateOptions { UpdatesPerIteration = updates, BatchSize = rng.Next(1, 4), RatioTolerance = 1e-9 }, seed);

        Near.Equal(naive, weights, 1e-12, 0, "weights");
        Assert.Equal(batched, weights);
        for (int u = 0; u < updates; u++) Near.Equal(slow.GradientsAtUpdate[u], fast.GradientsAtUpdate[u], 1e-12, 1e-12, "gradients");
        Assert.True(fast.Trained < slow.Trained);
        Assert.Equal(2 * 6 * Window.Length, slow.Trained);
    });

    [Fact]
    public void One_update_goes_backward_once_for_the_shared_state_of_each_group()
    {
        (_, ToyPolicy policy) = Run(new ObjectiveOptions(), new UpdateOptions(), 3, reward: (_, i) => i);

        Assert.Equal(2 * (1 + 6 * (Window.Length - 1)), policy.Trained);
    }

    [Fact]
    public void Members_without_advantage_cost_nothing()
    {
        (_, ToyPolicy policy) = Run(new ObjectiveOptions(), new UpdateOptions(), 3, reward: (g, i) => g == 0 ? 1 : i < 3 ? 0 : 1 + i);

        Assert.Equal(1 + 6 * (Window.Length - 1), policy.Trained);       // group 0 is tied, all of group 1 differ from its mean
    }

    [Fact]
    public void The_gradient_is_the_derivative_of_the_objective_with_respect_to_the_weights()
    {
        // One update, no clipping: the loss as a function of the weights, through new velocities at the stored states.
        ObjectiveOptions objective = new() { Kind = ObjectiveKind.Unclipped, StepWeight = StepWeighting.Exact };
        ToyPolicy policy = Policy();
        RolloutGroup<int, double>[] groups = Draw(policy, objective, 5);
        Advantages advantages = Score(groups, (g, i) => Math.Sin(7 * g + 3 * i * i));
        double[] start = [.. policy.Weights];
        UpdateEngine<int, double> engine = new(policy, policy, Schedule, Rule, objective, new UpdateOptions { RatioTolerance = 1e9 });
        engine.Update(groups, advantages, _ => 0);
        double[] gradient = policy.GradientsAtUpdate[0];

        for (int i = 0; i < start.Length; i++)
        {
            const double H = 1e-5;
            double numeric = (LossAt(i, H) - LossAt(i, -H)) / (2 * H);
            Assert.Equal(numeric, gradient[i], 1e-7 * Math.Max(1, Math.Abs(numeric)));
        }

        double LossAt(int weight, double change)
        {
            ToyPolicy moved = Policy();
            start.CopyTo(moved.Weights, 0);
            moved.Weights[weight] += change;
            return new UpdateEngine<int, double>(moved, moved, Schedule, Rule, objective, new UpdateOptions { RatioTolerance = 1e9 }).Update(groups, advantages, _ => 0)[0].Loss;
        }
    }

    [Fact]
    public void A_replay_that_differs_from_the_rollout_stops_before_any_weight_changes()
    {
        ToyPolicy policy = Policy();
        RolloutGroup<int, double>[] groups = Draw(policy, new ObjectiveOptions(), 1);
        double[] before = [.. policy.Weights];
        policy.ReplayError = 1e-3;
        UpdateEngine<int, double> engine = new(policy, policy, Schedule, Rule, new ObjectiveOptions(), new UpdateOptions());

        RatioMismatchException stop = Assert.Throws<RatioMismatchException>(() => engine.Update(groups, Score(groups, (_, i) => i), _ => 1e-2));

        Assert.True(stop.Deviation > 1e-6);
        Assert.Contains("step", stop.Message, StringComparison.Ordinal);
        Assert.Equal(before, policy.Weights);
        Assert.Empty(policy.WeightsAfterUpdate);
    }

    [Fact]
    public void A_pinned_first_update_reports_the_disagreement_and_uses_ratio_one()
    {
        ToyPolicy policy = Policy();
        ObjectiveOptions objective = new() { PinFirstUpdate = true };
        RolloutGroup<int, double>[] groups = Draw(policy, objective, 1);
        policy.ReplayError = 1e-3;

        IReadOnlyList<UpdateReport> reports = new UpdateEngine<int, double>(policy, policy, Schedule, Rule, objective,
            new UpdateOptions { UpdatesPerIteration = 2, RatioTolerance = 1 }).Update(groups, Score(groups, (_, i) => i), _ => 1e-2);

        Assert.Equal((1.0, 1.0), (reports[0].RatioMin!.Value, reports[0].RatioMax!.Value));
        Assert.True(reports[0].MaxRatioDeviation > 1e-6);
        Assert.NotEqual(1, reports[1].RatioMax);
    }

    [Fact]
    public void A_gradient_that_is_not_finite_stops_before_any_weight_changes()
    {
        ToyPolicy policy = Policy();
        RolloutGroup<int, double>[] groups = Draw(policy, new ObjectiveOptions(), 1);
        double[] before = [.. policy.Weights];
        policy.ReplayError = double.NaN;
        UpdateEngine<int, double> engine = new(policy, policy, Schedule, Rule, new ObjectiveOptions(), new UpdateOptions());

        string message = Assert.Throws<NonFiniteException>(() => engine.Update(groups, Score(groups, (_, i) => i), _ => 1e-2)).Message;

        Assert.Contains("step 1, group 0, member 0", message, StringComparison.Ordinal);
        Assert.Equal(before, policy.Weights);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_gradient_norm_that_is_not_finite_stops_before_any_weight_changes(double norm)
    {
        ToyPolicy policy = Policy();
        RolloutGroup<int, double>[] groups = Draw(policy, new ObjectiveOptions(), 1);
        UpdateEngine<int, double> engine = new(policy, new FixedNorm(norm), Schedule, Rule, new ObjectiveOptions(), new UpdateOptions());

        Assert.Contains("gradient norm", Assert.Throws<NonFiniteException>(() => engine.Update(groups, Score(groups, (_, i) => i), _ => 1e-2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_best_and_the_worst_train_when_asked()
    {
        (_, ToyPolicy policy) = Run(new ObjectiveOptions(), new UpdateOptions { KeepBestAndWorst = 2 }, 3, reward: (_, i) => i);

        Assert.Equal(2 * (1 + 2 * (Window.Length - 1)), policy.Trained);
    }

    [Fact]
    public void The_best_and_the_worst_are_found_before_advantages_are_clipped()
    {
        // Rewards 0…5 clipped to ±0.1 leave six equal sizes; the kept ones must still be 0 and 5, not the first of each sign.
        ToyPolicy policy = Policy(), ends = Policy();
        ObjectiveOptions objective = new();
        RolloutGroup<int, double>[] groups = Draw(policy, objective, 2);
        double[] rewards = [2, 0, 3, 1, 5, 4];
        RewardTable Rewards(Func<int, bool> has) => RewardTable.Create(["r"], [6, 6], (_, _, i) => has(i) ? RewardEntry.Of(rewards[i]) : RewardEntry.Missing("left out"));
        AdvantageOptions clipped = AdvantageOptions.GeoAlign with { Clip = 0.1 };

        new UpdateEngine<int, double>(policy, policy, Schedule, Rule, objective, new UpdateOptions { KeepBestAndWorst = 2 })
            .Update(groups, AdvantageEstimator.Compute(Rewards(_ => true), clipped), _ => 1e-2);
        new UpdateEngine<int, double>(ends, ends, Schedule, Rule, objective, new UpdateOptions()).Update(groups, AdvantageEstimator.Compute(Rewards(i => i is 1 or 4), clipped), _ => 1e-2);

        Near.Equal(ends.GradientsAtUpdate[0], policy.GradientsAtUpdate[0], 1e-14, 1e-12);
    }

    [Fact]
    public void Advantages_of_other_groups_are_refused()
    {
        ToyPolicy policy = Policy();
        RolloutGroup<int, double>[] groups = Draw(policy, new ObjectiveOptions(), 2);
        Advantages five = AdvantageEstimator.Compute(RewardTable.Create(["r"], [6, 5], (_, _, i) => RewardEntry.Of(i)), AdvantageOptions.GeoAlign);

        Assert.Contains("Group 1 has 6 rollouts, but advantages of 5", Assert.Throws<ArgumentException>(
            () => new UpdateEngine<int, double>(policy, policy, Schedule, Rule, new ObjectiveOptions(), new UpdateOptions()).Update(groups, five, _ => 1e-2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rollouts_without_rewards_leave_the_mean_over_rollouts()
    {
        // The same rewards with a failed seventh rollout give the gradient of six.
        ObjectiveOptions objective = new();
        ToyPolicy six = Policy(), seven = Policy();
        RolloutGroup<int, double>[] groups = Draw(six, objective, 2), more = Draw(seven, objective, 2, 7);
        Advantages advantages = Score(groups, (_, i) => i);
        Advantages holed = AdvantageEstimator.Compute(RewardTable.Create(["r"], [7, 7], (_, _, i) => i == 6 ? RewardEntry.Missing("no pose") : RewardEntry.Of(i)), AdvantageOptions.GeoAlign);

        new UpdateEngine<int, double>(six, six, Schedule, Rule, objective, new UpdateOptions()).Update(groups, advantages, _ => 1e-2);
        new UpdateEngine<int, double>(seven, seven, Schedule, Rule, objective, new UpdateOptions()).Update(more, holed, _ => 1e-2);

        Near.Equal(six.GradientsAtUpdate[0], seven.GradientsAtUpdate[0], 1e-14, 1e-12);
    }

    [Fact]
    public void An_iteration_in_which_every_reward_failed_updates_nothing()
    {
        ToyPolicy policy = Policy();
        RolloutGroup<int, double>[] groups = Draw(policy, new ObjectiveOptions(), 2);
        Advantages none = AdvantageEstimator.Compute(RewardTable.Create(["r"], [6, 6], (_, _, _) => RewardEntry.Missing("service down")), AdvantageOptions.GeoAlign);

        IReadOnlyList<UpdateReport> reports = new UpdateEngine<int, double>(policy, policy, Schedule, Rule, new ObjectiveOptions(), new UpdateOptions()).Update(groups, none, _ => 1e-2);

        Assert.Empty(reports);
        Assert.Empty(policy.WeightsAfterUpdate);
    }

    [Fact]
    public void A_kl_penalty_pulls_back_to_the_reference_and_needs_one()
    {
        ObjectiveOptions objective = new() { KlWeight = 0.1 };
        ToyPolicy policy = Policy(), reference = Policy();
        reference.Weights[0] += 0.5;
        RolloutGroup<int, double>[] groups = Draw(policy, objective, 2);

        UpdateReport report = new UpdateEngine<int, double>(policy, policy, Schedule, Rule, objective, new UpdateOptions(), reference)
            .Update(groups, Score(groups, (_, _) => 1), _ => 1e-2)[0];

        Assert.True(report.Kl > 0);
        Assert.Equal(2 * (1 + 6 * (Window.Length - 1)), report.ReferenceEvaluations);
        Assert.True(policy.Weights[0] > Policy().Weights[0]);
        Assert.Throws<ArgumentException>(() => new UpdateEngine<int, double>(policy, policy, Schedule, Rule, objective, new UpdateOptions()));
    }

    private static ToyPolicy Policy() => new([[0.3, -0.2, 0.5], [-0.4, 0.1, 0.2]], [0.5, 0.6, 0.4], [0.1, -0.05, 0.2], 0.03);

    private static RolloutGroup<int, double>[] Draw(ToyPolicy policy, ObjectiveOptions objective, int seed, int groupSize = 6)
    {
        RolloutEngine<int, double> sampler = new(policy, new CounterNoise<double>((ulong)seed), new RolloutOptions { GroupSize = groupSize }, objective);
        RolloutPlan plan = RolloutPlan.Create(Schedule, Rule, Window);
        return [sampler.Draw(0, plan, 0, 0), sampler.Draw(1, plan, 0, 1)];
    }

    private static Advantages Score(RolloutGroup<int, double>[] groups, Func<int, int, double> reward) => AdvantageEstimator.Compute(
        RewardTable.Create(["r"], [.. groups.Select(g => g.Members.Count)], (_, g, i) => RewardEntry.Of(reward(g, i))), AdvantageOptions.GeoAlign);

    private static (double[] Weights, ToyPolicy Policy) Run(ObjectiveOptions objective, UpdateOptions update, int seed, Func<int, int, double>? reward = null)
    {
        ToyPolicy policy = Policy();
        RolloutGroup<int, double>[] groups = Draw(policy, objective, seed);
        Random rewards = new(seed);
        double[][] drawn = [.. groups.Select(g => g.Members.Select(_ => rewards.Next(4) * 0.5).ToArray())];
        Advantages advantages = Score(groups, reward ?? ((g, i) => drawn[g][i]));
        new UpdateEngine<int, double>(policy, policy, Schedule, Rule, objective, update).Update(groups, advantages, _ => 1e-2);
        return (policy.Weights, policy);
    }

    private sealed class FixedNorm(double norm) : IPolicyOptimizer
    {
        public void ZeroGradients()
        {
        }

        public double GradientNorm() => norm;

        public void ApplyUpdate(double learningRate, double gradientScale) => Assert.Fail("The update was made.");

        public void Save(string folder) => throw new InvalidOperationException();

        public void Load(string folder) => throw new InvalidOperationException();
    }
}
