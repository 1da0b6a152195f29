namespace GeoAlign.Grpo.Tests;

public class RolloutEngineTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("grpo", "rollouts.safetensors");
    private static readonly double[] Mean = Golden["field.m"].Values, Std = Golden["field.s0"].Values;

    public static TheoryData<string, bool, int?> Cases
    {
        get
        {
            TheoryData<string, bool, int?> data = [];
            foreach (string name in new[] { "mix_flow", "mix_flow_late", "full_flow", "full_dance", "mix_cps", "longcat_single", "ode" })
            {
                data.Add(name, true, null);
                data.Add(name, false, null);
                data.Add(name, true, 3);
                data.Add(name, false, 1);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Rollouts_follow_the_golden_paths(string name, bool sharePrefix, int? batch)
    {
        RolloutGroup<int, double> group = Draw(name, sharePrefix, batch);
        FixtureTensor latents = Golden[name + ".latents"], logProbs = Golden[name + ".logp"];
        int members = latents.Shape[0], size = Mean.Length, steps = logProbs.Shape[1];
        SdeWindow window = group.Plan.Window;

        Near.Equal(Golden[name + ".std"].Values, [.. group.Plan.Steps.ToArray().Select(s => s.Std)], 1e-12, 1e-10, "std");
        for (int m = 0; m < members; m++)
        {
            ReadOnlySpan<double> path = latents.Row(m);
            for (int k = 0; k <= window.Length && window.Length > 0; k++)
                Near.Equal(path.Slice((window.Start + k) * size, size), group.Members[m].State(k), 1e-12, 1e-10, $"state {k} of member {m}");
            for (int k = 0; k < window.Length; k++)
            {
                double expected = logProbs.Values[m * steps + window.Start + k];
                if (double.IsNaN(expected)) Assert.Equal((name, steps - 1), (name, window.Start + k));        // the repositories store nothing for it
                else Near.Equal([expected], [group.Members[m].LogProb(k)], 1e-12, 1e-10, $"log density {k} of member {m}");
            }

            Near.Equal(path.Slice(steps * size, size), group.Members[m].Final, 1e-12, 1e-10, $"final latent of member {m}");
        }
    }

    [Fact]
    public void A_shared_prefix_costs_one_evaluation_per_step_up_to_and_with_the_first_stochastic_one()
    {
        RolloutGroup<int, double> shared = Draw("mix_flow_late", true, null), naive = Draw("mix_flow_late", false, null);
        int steps = shared.Plan.Steps.Length, start = shared.Plan.Window.Start, members = shared.Members.Count;

        Assert.Equal(start + 1 + members * (steps - start - 1), shared.NetworkEvaluations);
        Assert.Equal(members * steps, naive.NetworkEvaluations);
        Assert.True(start > 0);
    }

    [Fact]
    public void Sharing_and_batching_do_not_change_a_bit()
    {
        RolloutGroup<int, double> first = Draw("mix_flow", true, null);
        foreach ((bool share, int? batch) in new (bool, int?)[] { (false, null), (true, 2), (false, 3) })
        {
            RolloutGroup<int, double> other = Draw("mix_flow", share, batch);
            for (int m = 0; m < first.Members.Count; m++)
            {
                Assert.Equal(first.Members[m].Final.ToArray(), other.Members[m].Final.ToArray());
                for (int k = 0; k < 4; k++) Assert.Equal(first.Members[m].LogProb(k), other.Members[m].LogProb(k));
            }
        }
    }

    [Fact]
    public void Members_differ_only_after_the_window_begins_and_start_apart_without_shared_noise()
    {
        RolloutPlan plan = RolloutPlan.Create(SigmaSchedule.Linspace(8, 3), new FlowSdeRule(0.7), new SdeWindow(3, 2));
        RolloutGroup<int, double> shared = Engine(new RolloutOptions { GroupSize = 3 }).Draw(0, plan, 5, 2);
        RolloutGroup<int, double> apart = Engine(new RolloutOptions { GroupSize = 3, ShareInitialNoise = false }).Draw(0, plan, 5, 2);

        Assert.True(shared.Members[0].State(0) == shared.Members[2].State(0));
        Assert.NotEqual(shared.Members[0].State(1).ToArray(), shared.Members[2].State(1).ToArray());
        Assert.NotEqual(apart.Members[0].State(0).ToArray(), apart.Members[2].State(0).ToArray());
        Assert.Equal(3 * 8, apart.NetworkEvaluations);
        Assert.False(apart.SharesFirstState);
    }

    [Fact]
    public void The_same_address_draws_the_same_rollouts_and_another_group_other_ones()
    {
        RolloutPlan plan = RolloutPlan.Create(SigmaSchedule.Linspace(8, 3), new FlowSdeRule(0.7), new SdeWindow(1, 2));
        RolloutOptions options = new() { GroupSize = 3 };

        double[] one = Engine(options).Draw(0, plan, 5, 2).Members[1].Final.ToArray();

        Assert.Equal(one, Engine(options).Draw(0, plan, 5, 2).Members[1].Final.ToArray());
        Assert.NotEqual(one, Engine(options).Draw(0, plan, 5, 3).Members[1].Final.ToArray());
        Assert.NotEqual(one, Engine(options).Draw(0, plan, 6, 2).Members[1].Final.ToArray());
    }

    [Fact]
    public void Scoring_the_stored_states_again_gives_the_stored_log_densities()
    {
        RolloutPlan plan = RolloutPlan.Create(SigmaSchedule.Linspace(8, 3), new FlowSdeRule(0.7), new SdeWindow(2, 4));
        GaussianField field = new(Mean, Std);
        RolloutGroup<int, double> group = Engine(new RolloutOptions { GroupSize = 4 }).Draw(0, plan, 0, 0);
        double[] velocity = new double[Mean.Length];

        foreach (Rollout<double> member in group.Members)
        {
            for (int k = 0; k < 4; k++)
            {
                FlowStep step = plan.Steps[plan.Window.Start + k];
                field.PredictVelocity(0, step.Sigma, 1, member.State(k), velocity);
                Assert.Equal(member.LogProb(k), step.LogProb<double>(member.State(k), velocity, member.State(k + 1)));
            }
        }
    }

    [Fact]
    public void A_velocity_that_is_not_finite_stops_and_names_step_group_and_member()
    {
        RolloutPlan plan = RolloutPlan.Create(SigmaSchedule.Linspace(8, 3), new FlowSdeRule(0.7), new SdeWindow(1, 2));
        RolloutEngine<int, double> engine = new(new Broken(), new CounterNoise<double>(1), new RolloutOptions { GroupSize = 3, BatchSize = null }, new ObjectiveOptions());

        string message = Assert.Throws<NonFiniteException>(() => engine.Draw(0, plan, 0, 7)).Message;

        Assert.Contains("step 4", message, StringComparison.Ordinal);
        Assert.Contains("group 7, member 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_over_a_step_without_noise_is_refused()
    {
        SigmaSchedule schedule = SigmaSchedule.Linspace(8, 3);

        Assert.Contains("step 7", Assert.Throws<ArgumentException>(() => RolloutPlan.Create(schedule, new CpsRule(0.8), new SdeWindow(6, 2))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RolloutPlan.Create(schedule, new FlowSdeRule(0.7), new SdeWindow(6, 3)));
    }

    [Fact]
    public void Rollouts_can_be_cancelled_between_steps()
    {
        RolloutPlan plan = RolloutPlan.Create(SigmaSchedule.Linspace(8, 3), new FlowSdeRule(0.7), new SdeWindow(1, 2));
        Assert.Throws<OperationCanceledException>(() => Engine(new RolloutOptions()).Draw(0, plan, 0, 0, stop: new CancellationToken(true)));
    }

    private static RolloutEngine<int, double> Engine(RolloutOptions options) =>
        new(new GaussianField(Mean, Std), new CounterNoise<double>(11), options, new ObjectiveOptions());

    private static RolloutGroup<int, double> Draw(string name, bool sharePrefix, int? batch)
    {
        FixtureTensor noise = Golden[name + ".noise"];
        int members = noise.Shape[1], size = Mean.Length;
        long[] window = Golden[name + ".window"].Integers();
        double[] etaTau = Golden[name + ".eta_tau"].Values;
        bool cps = name.Contains("cps", StringComparison.Ordinal);
        StepRule rule = cps ? new CpsRule(etaTau[0])
            : name.Contains("dance", StringComparison.Ordinal) ? new DanceSdeRule(etaTau[0])
            : new FlowSdeRule(etaTau[0], etaTau[1] > 0 ? etaTau[1] : null);
        RolloutPlan plan = RolloutPlan.Create(SigmaSchedule.Of(Golden[name + ".sigmas"].Values), rule, new SdeWindow(window.Length == 0 ? 0 : (int)window[0], window.Length));
        RecordedNoise recorded = new((_, member) => Golden[name + ".latents"].Row(member)[..size].ToArray(), (_, member, step) => noise.Row(step).Slice(member * size, size).ToArray());
        RolloutOptions options = new() { GroupSize = members, SharePrefix = sharePrefix, BatchSize = batch };
        ObjectiveOptions objective = new() { LogProb = cps ? LogProbKind.UnnormalizedMean : LogProbKind.Mean };
        return new RolloutEngine<int, double>(new GaussianField(Mean, Std), recorded, options, objective).Draw(0, plan, 0, 0);
    }

    private sealed class Broken : IPolicy<int, double>
    {
        private int _calls;

        public int LatentSize(int condition) => 2;

        public void PredictVelocity(int condition, double sigma, int count, ReadOnlySpan<double> latents, Span<double> velocities)
        {
            velocities.Clear();
            if (_calls++ == 4) velocities[^1] = double.NaN;
        }

        public void Backpropagate(int condition, double sigma, int count, ReadOnlySpan<double> latents, VelocityGradient<double> lossGradient) =>
            throw new InvalidOperationException();
    }
}
