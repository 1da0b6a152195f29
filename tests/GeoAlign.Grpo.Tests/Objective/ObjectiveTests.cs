namespace GeoAlign.Grpo.Tests;

public class ObjectiveTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("grpo", "losses.safetensors");
    private static readonly SigmaSchedule Schedule = SigmaSchedule.Of(Golden["chain.sigmas"].Values);

    [Theory]
    [InlineData("sym1e-4", 1e-4, 1e-4)]
    [InlineData("asym2e-4_3e-4", 2e-4, 3e-4)]
    [InlineData("sym0.2", 0.2, 0.2)]
    public void The_clipped_loss_and_its_slope_match(string tag, double low, double high)
    {
        double[] old = Golden["logp_old"].Values, fresh = Golden["logp_new"].Values, advantages = Golden["adv"].Values;
        int n = old.Length;
        double[] ratios = [.. fresh.Zip(old, (a, b) => Math.Exp(a - b))];

        (double Loss, double Slope)[] losses = [.. ratios.Zip(advantages, (r, a) => ClippedObjective.At(r, Math.Clamp(a, -5, 5), low, high))];

        Near.Equal(Golden[tag + ".ratio"].Values, ratios, 1e-12, 1e-10);
        Near.Equal(Golden[tag + ".per_sample"].Values, [.. losses.Select(l => l.Loss)], 1e-12, 1e-10);
        Near.Equal(Golden[tag + ".mean"].Values, [losses.Average(l => l.Loss)], 1e-12, 1e-10);
        Near.Equal(Golden[tag + ".mean_accum3x4"].Values, [losses.Average(l => l.Loss) / 12], 1e-12, 1e-10);
        Near.Equal(Golden[tag + ".dmean_dlogp"].Values, [.. losses.Select(l => l.Slope / n)], 1e-12, 1e-10);
        Near.Equal(Golden[tag + ".clipfrac"].Values,
            [ratios.Count(r => Math.Abs(r - 1) > low) / (double)n, ratios.Count(r => r - 1 > high) / (double)n, ratios.Count(r => 1 - r > low) / (double)n], 1e-15);
    }

    public static TheoryData<string, string> Chains
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string kind in new[] { "flow0.7", "flow1.0", "trunc", "dance0.3", "cps0.8" })
            {
                foreach (string objective in new[] { "plain", "noclip", "longcat", "exact", "guard", "dppo", "kl", "longcat_kl" }) data.Add(kind, objective);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Chains))]
    public void Each_objective_has_the_golden_value_and_gradient(string kind, string objective)
    {
        StepRule rule = Rule(kind);
        ObjectiveOptions options = Options(objective) with { LogProb = kind == "cps0.8" ? LogProbKind.UnnormalizedMean : LogProbKind.Mean };
        double[] weights = StepWeights.Compute(options.StepWeight, rule, Schedule);
        double[] advantages = Golden["chain.adv"].Values;
        int checkedSteps = 0;
        foreach (long i in Golden["chain.steps"].Integers())
        {
            string key = $"chain.{kind}.i{i}.";
            if (!Golden.Has($"{key}{objective}.loss")) continue;       // the golden set has no LongCat weight for cps
            checkedSteps++;
            FlowStep step = rule.At(Schedule, (int)i);
            StepObjective evaluator = new(options);
            int members = advantages.Length;
            double[] x = Golden[key + "x"].Values, v = Golden[key + "v_new"].Values, old = Golden[key + "v_old"].Values;
            double[] reference = Golden[key + "v_ref"].Values, next = Golden[key + "prev"].Values, gradient = new double[x.Length];
            double loss = 0;
            double[] ratios = new double[members], kls = new double[members];
            int size = x.Length / members;
            for (int b = 0; b < members; b++)
            {
                Range r = (b * size)..((b + 1) * size);
                StepSample<double> sample = new()
                {
                    State = x.AsSpan(r), Velocity = v.AsSpan(r), Next = next.AsSpan(r), OldVelocity = old.AsSpan(r), ReferenceVelocity = reference.AsSpan(r),
                    OldLogProb = step.LogProb<double>(x.AsSpan(r), old.AsSpan(r), next.AsSpan(r), options.LogProb), Advantages = advantages.AsSpan(b, 1),
                };
                StepLoss one = evaluator.Evaluate(step, weights[i], sample);
                one.AddGradient(step, sample, 1.0 / members, gradient.AsSpan(r));
                loss += one.Loss / members;
                ratios[b] = one.Ratio;
                kls[b] = one.Kl;
            }

            Near.Equal([Golden[key + "std"].Scalar], [step.Std], 1e-12, 1e-10, key + "std");
            Near.Equal([Golden[$"{key}{objective}.loss"].Scalar], [loss], 1e-12, 1e-10, $"{key}{objective}.loss");
            Near.Equal(Golden[$"{key}{objective}.grad_v_new"].Values, gradient, 1e-12, 1e-10, $"{key}{objective}.grad_v_new");
            Near.Equal(Golden[objective == "guard" ? key + "guard.ratio" : key + "ratio"].Values, ratios, 1e-12, 1e-10, key + "ratio");
            if (options.KlWeight > 0 && Golden.Has(key + "kl_sum_closed_form"))
                Near.Equal(Golden[key + "kl_sum_closed_form"].Values, [.. kls.Select(k => k * size)], 1e-12, 1e-10, key + "kl");
        }

        Assert.Equal(kind == "cps0.8" && objective.StartsWith("longcat", StringComparison.Ordinal) ? 0 : 5, checkedSteps);
    }

    [Theory]
    [InlineData("flow0.7")]
    [InlineData("trunc")]
    [InlineData("dance0.3")]
    [InlineData("cps0.8")]
    public void Step_weights_match(string kind)
    {
        double[] longCat = StepWeights.Compute(StepWeighting.LongCat, Rule(kind), Schedule), exact = StepWeights.Compute(StepWeighting.Exact, Rule(kind), Schedule);

        foreach (long i in Golden["chain.steps"].Integers())
        {
            Near.Equal([Golden[$"chain.{kind}.i{i}.lambda_longcat"].Scalar], [longCat[i]], 1e-12, 1e-10);
            Near.Equal([Golden[$"chain.{kind}.i{i}.lambda_exact"].Scalar], [exact[i]], 1e-12, 1e-10);
        }
    }

    [Fact]
    public void Guard_LongCat_and_Flash_weights_are_proportional_without_truncation() => ForAll.Seeds(50, rng =>
    {
        SigmaSchedule schedule = SigmaSchedule.Linspace(rng.Next(4, 30), 1 + 9 * rng.NextDouble());
        FlowSdeRule rule = new(0.2 + rng.NextDouble());
        double[] longCat = StepWeights.Compute(StepWeighting.LongCat, rule, schedule);

        foreach (StepWeighting other in new[] { StepWeighting.Guard, StepWeighting.Flash, StepWeighting.Exact })
        {
            double[] weights = StepWeights.Compute(other, rule, schedule);
            for (int i = 1; i < weights.Length; i++) Assert.Equal(longCat[1] / weights[1], longCat[i] / weights[i], 1e-9 * longCat[1] / weights[1]);
        }
    });

    [Theory]
    [InlineData(StepWeighting.Flash)]
    [InlineData(StepWeighting.TempFlow)]
    public void Normalised_weights_have_mean_one(StepWeighting weighting) =>
        Assert.Equal(1, StepWeights.Compute(weighting, new FlowSdeRule(0.7), Schedule).Average(), 1e-14);

    [Fact]
    public void The_LongCat_weight_is_guarded_where_the_noise_is()
    {
        // UniPC's first level is 0.99967 at shift 3: a guard at 1, as the repositories have it, leaves both as they are.
        SigmaSchedule schedule = SigmaSchedule.UniPcOld(16, 3);
        double s = schedule[0], h = schedule[0] - schedule[1];

        Assert.Equal(Math.Sqrt(s / (h * (1 - s))), StepWeights.Compute(StepWeighting.LongCat, new FlowSdeRule(1, 0.45, SigmaGuard: 1), schedule)[0], 1e-9);
        Assert.Equal(Math.Sqrt(s / (h * (1 - schedule[1]))), StepWeights.Compute(StepWeighting.LongCat, new FlowSdeRule(1, 0.45), schedule)[0], 1e-9);
    }

    [Fact]
    public void Flash_weights_reproduce_the_published_table()
    {
        double[] exact = StepWeights.Compute(StepWeighting.Exact, new WanSdeRule(), SigmaSchedule.UniPcOld(20, 3));

        Assert.Equal(7.477, exact[0], 5e-4);
        Assert.Contains(exact, w => Math.Abs(w - 3.775) < 5e-4);
    }

    [Fact]
    public void Gradients_are_the_derivative_of_the_value() => ForAll.Seeds(60, rng =>
    {
        ObjectiveKind kind = (ObjectiveKind)rng.Next(4);
        ObjectiveOptions options = new()
        {
            Kind = kind, ClipLow = 0.5, ClipHigh = 0.5, LogProb = (LogProbKind)rng.Next(4), KlWeight = rng.Next(2) * 0.1, DppoThreshold = 1e3,
            PinFirstUpdate = false,
        };
        FlowStep step = new FlowSdeRule(0.7).At(Schedule, rng.Next(16));
        double[] Draw(double scale) => [.. Enumerable.Range(0, 5).Select(_ => scale * (2 * rng.NextDouble() - 1))];
        double[] x = Draw(1), v = Draw(1), noise = Draw(1), next = new double[5], gradient = new double[5];
        step.Draw<double>(x, v, noise, next);
        double[] change = Draw(0.05), reference = [.. v.Zip(change, (a, b) => a - 2 * b)], now = [.. v.Zip(change, (a, b) => a + b)];
        double[] advantages = [rng.NextDouble() - 0.5, rng.NextDouble()];
        double old = step.LogProb<double>(x, v, next, options.LogProb);
        StepObjective objective = new(options);
        StepSample<double> At(double[] velocity) => new()
        {
            State = x, Velocity = velocity, Next = next, OldVelocity = v, ReferenceVelocity = reference, OldLogProb = old, Advantages = advantages,
        };
        double Loss(double[] velocity) => objective.Evaluate(step, 1.7, At(velocity)).Loss;

        objective.Evaluate(step, 1.7, At(now)).AddGradient(step, At(now), 1, gradient);

        for (int i = 0; i < 5; i++)
        {
            const double H = 1e-5;
            double[] up = [.. now], down = [.. now];
            up[i] += H;
            down[i] -= H;
            double numeric = (Loss(up) - Loss(down)) / (2 * H);
            Assert.Equal(numeric, gradient[i], 1e-6 * Math.Max(1, Math.Abs(numeric)));
        }
    });

    [Theory]
    [InlineData(ObjectiveKind.Clipped)]
    [InlineData(ObjectiveKind.Guard)]
    [InlineData(ObjectiveKind.Dppo)]
    public void A_pinned_sample_has_ratio_one_and_the_policy_gradient(ObjectiveKind kind)
    {
        StepObjective objective = new(new ObjectiveOptions { Kind = kind, DppoThreshold = 1e-12 });
        FlowStep step = new FlowSdeRule(0.7).At(Schedule, 4);
        double[] x = [0.1, -0.3], v = [1, 0.5], next = [0.4, 0.2], other = [2, 2], gradient = new double[2], expected = new double[2];
        StepSample<double> sample = new()
        {
            State = x, Velocity = v, Next = next, OldVelocity = other, OldLogProb = -7, Advantages = [0.8], Pinned = true,
        };

        StepLoss loss = objective.Evaluate(step, 1, sample);
        loss.AddGradient(step, sample, 1, gradient);

        Assert.Equal(1, loss.Ratio);
        Assert.Equal(loss.LogProb + 7, loss.LogRatio, 1e-12);
        double guard = kind == ObjectiveKind.Guard ? step.Std / step.StepSize : 1;
        step.AddLogProbGradient<double>(x, v, next, LogProbKind.Mean, -0.8 * guard, expected);
        Near.Equal(expected, gradient, 1e-15, 1e-13);
    }

    [Fact]
    public void Settings_out_of_range_are_all_named()
    {
        string[] problems = [.. new ObjectiveOptions { ClipLow = 0, ClipHigh = double.NaN, KlWeight = -1 }.Problems()];

        Assert.Equal(3, problems.Length);
    }

    private static ObjectiveOptions Options(string name) => name switch
    {
        "plain" => new() { StepWeight = StepWeighting.None },
        "noclip" => new() { Kind = ObjectiveKind.Unclipped, StepWeight = StepWeighting.None },
        "longcat" => new() { Kind = ObjectiveKind.Unclipped, StepWeight = StepWeighting.LongCat },
        "exact" => new() { Kind = ObjectiveKind.Unclipped, StepWeight = StepWeighting.Exact },
        "guard" => new() { Kind = ObjectiveKind.Guard, StepWeight = StepWeighting.None, ClipLow = 2e-6, ClipHigh = 2e-6 },
        "dppo" => new() { Kind = ObjectiveKind.Dppo, StepWeight = StepWeighting.None, DppoThreshold = 1e-6 },
        "kl" => new() { StepWeight = StepWeighting.None, KlWeight = 0.04 },
        "longcat_kl" => new() { Kind = ObjectiveKind.Unclipped, StepWeight = StepWeighting.LongCat, KlWeight = 3e-4 },
        _ => throw new ArgumentException(name),
    };

    private static StepRule Rule(string kind) => kind switch
    {
        "flow0.7" => new FlowSdeRule(0.7),
        "flow1.0" => new FlowSdeRule(1),
        "trunc" => new FlowSdeRule(1, 0.45),
        "dance0.3" => new DanceSdeRule(0.3),
        _ => new CpsRule(0.8),
    };
}
