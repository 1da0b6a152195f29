namespace GeoAlign.Grpo.Tests;

public class FlowStepTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("grpo", "steps.safetensors");
    private static readonly SigmaSchedule Schedule = SigmaSchedule.Of(Golden["sigmas"].Values);

    public static TheoryData<string> Kinds =>
        ["ode", "flow_eta0.7", "flow_eta1.0", "flow_a1_tau0.45", "dance_eta0.3", "wan", "cps_0.8", "cps_0.5", "ddim_eta1.0", "ddim_eta0.5"];

    [Theory, MemberData(nameof(Kinds))]
    public void Steps_in_double_match_the_golden_numbers(string kind)
    {
        const double Absolute = 1e-12, Relative = 1e-10;
        foreach (int index in Golden["indices"].Integers())
        {
            string key = $"i{index}.{kind}.";
            double[] x = Golden[$"i{index}.x"].Values, v = Golden[$"i{index}.v"].Values, noise = Golden[$"i{index}.noise"].Values;
            double[] newV = [.. v.Zip(Golden[$"i{index}.dv"].Values, (a, b) => a + b)];
            FlowStep step = Rule(kind).At(Schedule, index);

            Near.Equal([Golden[key + "std"].Scalar], [step.Std], Absolute, Relative, key + "std");
            Near.Equal([Golden[key + "dmean_dv"].Scalar], [step.B], Absolute, Relative, key + "dmean_dv");
            double[] written = new double[x.Length];
            step.Mean<double>(x, v, written);
            Near.Equal(Golden[key + "mean"].Values, written, Absolute, Relative, key + "mean");
            step.Mean<double>(x, newV, written);
            Near.Equal(Golden[key + "mean_new"].Values, written, Absolute, Relative, key + "mean_new");
            step.Draw<double>(x, v, noise, written);
            Near.Equal(Golden[key + "prev"].Values, written, Absolute, Relative, key + "prev");

            Assert.Equal(Golden.Has(key + "logp_old_mean"), step.IsStochastic);
            if (!step.IsStochastic) continue;

            CheckScores(step, key, x, v, newV, LogProbKind.Mean, "mean");
            CheckScores(step, key, x, v, newV, LogProbKind.Sum, "sum");
            if (Golden.Has(key + "logp_unnorm_old")) CheckScores(step, key, x, v, newV, LogProbKind.UnnormalizedMean, "unnorm");
            int size = x.Length / 3;
            for (int b = 0; b < 3; b++)
            {
                Range r = (b * size)..((b + 1) * size);
                double kl = step.MeanKl<double>(newV[r], v[r]);
                Near.Equal([Golden[key + "kl_mean"].Values[b]], [kl], Absolute, Relative, key + "kl_mean");
                Near.Equal([Golden[key + "kl_sum"].Values[b]], [kl * size], Absolute, Relative, key + "kl_sum");
            }
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Steps_in_float_match_the_golden_numbers(string kind)
    {
        foreach (int index in Golden["indices"].Integers())
        {
            string key = $"i{index}.{kind}.";
            float[] x = Golden[$"i{index}.x"].Floats(), v = Golden[$"i{index}.v"].Floats(), noise = Golden[$"i{index}.noise"].Floats();
            FlowStep step = Rule(kind).At(Schedule, index);
            float[] next = new float[x.Length];

            step.Draw<float>(x, v, noise, next);

            Near.Equal(Golden[key + "prev"].Values, next, 2e-6, 2e-5, key + "prev");
            if (!step.IsStochastic) continue;
            int size = x.Length / 3;
            double[] logProbs = [.. Enumerable.Range(0, 3).Select(b => (b * size)..((b + 1) * size)).Select(r => step.LogProb<float>(x[r], v[r], next[r]))];
            Near.Equal(Golden[key + "logp_old_mean"].Values, logProbs, 0, 1e-4, key + "logp_old_mean");
        }
    }

    [Fact]
    public void At_pure_noise_the_flow_step_has_the_standard_deviation_of_its_noise_scale() => ForAll.Seeds(100, rng =>
    {
        double eta = 0.1 + rng.NextDouble();
        SigmaSchedule schedule = SigmaSchedule.Linspace(rng.Next(2, 40), 1 + 10 * rng.NextDouble());

        FlowStep first = new FlowSdeRule(eta).At(schedule, 0);

        Assert.Equal(eta, first.Std, 1e-12);
        Assert.Equal(1 - eta * eta / 2, first.A, 1e-12);
        Assert.Equal(-first.StepSize, first.B, 1e-12);
    });

    [Fact]
    public void The_guard_holds_for_schedules_that_start_just_below_one()
    {
        FlowStep unguarded = new FlowSdeRule(0.7, SigmaGuard: 1).At(SigmaSchedule.UniPcNew(16, 3), 0);
        FlowStep guarded = new FlowSdeRule(0.7).At(SigmaSchedule.UniPcNew(16, 3), 0);

        Assert.InRange(unguarded.Std, 90, 110);                  // η·147: what a test for σ = 1 lets through
        Assert.Equal(0.7, guarded.Std, 1e-4);
    }

    [Fact]
    public void Truncation_bounds_the_standard_deviation_and_leaves_the_small_ones() => ForAll.Seeds(100, rng =>
    {
        SigmaSchedule schedule = SigmaSchedule.Linspace(16, 1 + 11 * rng.NextDouble());
        FlowSdeRule free = new(1), held = new(1, 0.45);

        for (int i = 0; i < 16; i++)
        {
            FlowStep a = free.At(schedule, i), b = held.At(schedule, i);
            Assert.True(b.Std <= 0.45 + 1e-15);
            if (a.Std <= 0.45) Assert.Equal(a, b);
        }
    });

    [Fact]
    public void Coefficient_preserving_steps_without_noise_are_the_ode_and_otherwise_keep_both_coefficients() => ForAll.Seeds(100, rng =>
    {
        SigmaSchedule schedule = SigmaSchedule.Linspace(12, 1 + 5 * rng.NextDouble());
        double eta = rng.NextDouble();

        for (int i = 0; i < 12; i++)
        {
            FlowStep ode = StepRule.Ode.At(schedule, i), quiet = new CpsRule(0).At(schedule, i), step = new CpsRule(eta).At(schedule, i);
            Assert.Equal(ode.A, quiet.A, 1e-14);
            Assert.Equal(ode.B, quiet.B, 1e-14);
            Assert.Equal(0, quiet.Std);

            // x = (1 − σ)·x0 + σ·ε and v = ε − x0: the mean's factor of x0 is 1 − σ', of ε is k with k² + S² = σ'².
            double ofData = step.A * (1 - step.Sigma) - step.B, ofNoise = step.A * step.Sigma + step.B;
            Assert.Equal(1 - step.SigmaNext, ofData, 1e-14);
            Assert.Equal(step.SigmaNext * step.SigmaNext, ofNoise * ofNoise + step.Std * step.Std, 1e-14);
        }
    });

    [Fact]
    public void The_sde_family_keeps_the_marginal_of_the_ode_to_first_order()
    {
        // Gaussian data of std s0, exact velocity: one small step must give the variance of the next noise level, whatever g is.
        const double S0 = 0.5;
        double[] fine = [.. Enumerable.Range(0, 20001).Select(i => 1 - i / 20000.0)];
        SigmaSchedule schedule = SigmaSchedule.Of(fine);
        foreach (StepRule rule in new StepRule[] { StepRule.Ode, new FlowSdeRule(0.7), new DanceSdeRule(0.3), new WanSdeRule() })
        {
            double variance = 1;
            for (int i = 0; i < schedule.Steps; i++)
            {
                FlowStep step = rule.At(schedule, i);
                double s = step.Sigma, k = (s - (1 - s) * S0 * S0) / ((1 - s) * (1 - s) * S0 * S0 + s * s);
                variance = Math.Pow(step.A + step.B * k, 2) * variance + step.Std * step.Std;
            }

            Assert.Equal(S0, Math.Sqrt(variance), 2e-3);
        }
    }

    [Fact]
    public void A_deterministic_step_refuses_to_be_scored()
    {
        FlowStep step = StepRule.Ode.At(Schedule, 3);
        double[] x = [1, 2];

        Assert.Throws<InvalidOperationException>(() => step.LogProb<double>(x, x, x));
        Assert.Throws<InvalidOperationException>(() => step.AddLogProbGradient<double>(x, x, x, LogProbKind.Mean, 1, x));
        Assert.Throws<InvalidOperationException>(() => step.MeanKl<double>(x, x));
    }

    [Fact]
    public void Spans_of_different_length_are_refused() =>
        Assert.Throws<ArgumentException>(() => new FlowSdeRule(0.7).At(Schedule, 3).LogProb<double>([1, 2], [1, 2], [1]));

    [Fact]
    public void Stepping_and_scoring_do_not_allocate()
    {
        FlowStep step = new FlowSdeRule(0.7).At(Schedule, 3);
        float[] x = new float[64], v = new float[64], z = new float[64], next = new float[64];
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++) Run();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            step.Draw<float>(x, v, z, next);
            step.LogProb<float>(x, v, next);
            step.AddLogProbGradient<float>(x, v, next, LogProbKind.Mean, 1, z);
            step.MeanKl<float>(x, v);
        }
    }

    private static void CheckScores(FlowStep step, string key, double[] x, double[] v, double[] newV, LogProbKind kind, string name)
    {
        double[] next = Golden[key + "prev"].Values, old = new double[3], fresh = new double[3], gradient = new double[x.Length];
        int size = x.Length / 3;
        for (int b = 0; b < 3; b++)
        {
            Range r = (b * size)..((b + 1) * size);
            old[b] = step.LogProb<double>(x[r], v[r], next[r], kind);
            fresh[b] = step.LogProb<double>(x[r], newV[r], next[r], kind);
            step.AddLogProbGradient<double>(x[r], newV[r], next[r], kind, 1, gradient.AsSpan(r));
        }

        bool unnormalized = name == "unnorm";
        Near.Equal(Golden[key + (unnormalized ? "logp_unnorm_old" : $"logp_old_{name}")].Values, old, 1e-12, 1e-10, key + "old " + name);
        Near.Equal(Golden[key + (unnormalized ? "logp_unnorm_new" : $"logp_new_{name}")].Values, fresh, 1e-12, 1e-10, key + "new " + name);
        Near.Equal(Golden[key + (unnormalized ? "dlogp_unnorm_new_dv" : $"dlogp_new_{name}_dv")].Values, gradient, 1e-12, 1e-10, key + "gradient " + name);
        if (name == "mean")
            Near.Equal(Golden[key + "ratio_mean"].Values, [.. fresh.Zip(old, (n, o) => Math.Exp(n - o))], 1e-12, 1e-10, key + "ratio");
    }

    private static StepRule Rule(string kind) => kind switch
    {
        "ode" => StepRule.Ode,
        "flow_eta0.7" => new FlowSdeRule(0.7),
        "flow_eta1.0" => new FlowSdeRule(1),
        "flow_a1_tau0.45" => new FlowSdeRule(1, 0.45),
        "dance_eta0.3" => new DanceSdeRule(0.3),
        "wan" => new WanSdeRule(),
        "cps_0.8" => new CpsRule(0.8),
        "cps_0.5" => new CpsRule(0.5),
        "ddim_eta1.0" => new DdimRule(1),
        "ddim_eta0.5" => new DdimRule(0.5),
        _ => throw new ArgumentException(kind),
    };
}
