namespace GeoAlign.Grpo.Tests;

/// <summary>Three whole iterations of a tiny policy, from noise to updated weights, against an independent implementation.</summary>
public class ToyIterationTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("grpo", "toy_iterations.safetensors");

    [Theory]
    [InlineData("plain", true)]
    [InlineData("plain", false)]
    [InlineData("longcat", true)]
    [InlineData("longcat", false)]
    [InlineData("exact", true)]
    [InlineData("exact", false)]
    public void Three_iterations_match_from_noise_to_weights(string variant, bool shared)
    {
        double[] config = Golden[variant + ".config"].Values;
        int conditions = Golden["m"].Shape[0], size = Golden["s0"].Values.Length, groupSize = Golden[variant + ".it0.x_init"].Shape[0] / conditions;
        double[][] means = [.. Enumerable.Range(0, conditions).Select(p => Golden["m"].Row(p).ToArray())];
        ToyPolicy policy = new(means, Golden["s0"].Values, Golden["a0"].Values, Golden["b0"].Scalar);
        SigmaSchedule schedule = SigmaSchedule.Of(Golden["sigmas"].Values);
        StepRule rule = new FlowSdeRule(config[0], config[1] > 0 ? config[1] : null);
        ObjectiveOptions objective = new() { ClipLow = config[2], ClipHigh = config[2], StepWeight = (int)config[3] switch { 1 => StepWeighting.LongCat, 2 => StepWeighting.Exact, _ => StepWeighting.None } };
        RolloutOptions rollout = new() { GroupSize = groupSize, ShareInitialNoise = config[4] == 1, SharePrefix = shared };
        UpdateOptions update = new() { UpdatesPerIteration = 2, ShareStateGradient = shared, SkipZeroAdvantages = shared, RatioTolerance = 1e-9 };
        AdvantageOptions advantage = AdvantageOptions.GeoAlign with
        {
            Weights = new Dictionary<string, double> { ["target"] = Golden["weights"].Values[0], ["cosine"] = Golden["weights"].Values[1] },
        };
        UpdateEngine<int, double> updater = new(policy, policy, schedule, rule, objective, update);

        for (int it = 0; it < 3; it++)
        {
            string key = $"{variant}.it{it}.";
            long[] steps = Golden[key + "window"].Integers();
            SdeWindow window = new((int)steps[0], steps.Length);
            RecordedNoise noise = new((g, m) => Golden[key + "x_init"].Row(g * groupSize + m).ToArray(),
                (g, m, step) => Golden[key + "noise"].Row(step - window.Start).Slice((g * groupSize + m) * size, size).ToArray());
            RolloutEngine<int, double> sampler = new(policy, noise, rollout, objective);
            RolloutPlan plan = RolloutPlan.Create(schedule, rule, window);

            RolloutGroup<int, double>[] groups = [.. Enumerable.Range(0, conditions).Select(p => sampler.Draw(p, plan, it, p))];
            CheckRollouts(key, groups, groupSize, size);
            RewardTable rewards = RewardTable.Create(["target", "cosine"], [.. groups.Select(_ => groupSize)], (k, p, i) => RewardEntry.Of(Reward(k, p, groups[p].Members[i].Final)));
            Near.Equal(Golden[key + "rewards"].Values,
                [.. from p in Enumerable.Range(0, conditions) from i in Enumerable.Range(0, groupSize) from k in new[] { 0, 1 } select rewards[k, p, i].Value], 1e-12, 1e-10, key + "rewards");
            Advantages advantages = AdvantageEstimator.Compute(rewards, advantage);
            Near.Equal(Golden[key + "advantages"].Values,
                [.. from p in Enumerable.Range(0, conditions) from i in Enumerable.Range(0, groupSize) select advantages.Total(p, i)], 1e-12, 1e-10, key + "advantages");

            IReadOnlyList<UpdateReport> reports = updater.Update(groups, advantages, _ => 1e-2);

            for (int u = 0; u < 2; u++)
            {
                string part = $"{key}u{u}.";
                int n = it * 2 + u;
                double[] ratios = Golden[part + "ratio"].Values;
                Near.Equal([Golden[part + "loss"].Scalar], [reports[u].Loss], 1e-12, 1e-10, part + "loss");
                Near.Equal([ratios.Average(), ratios.Min(), ratios.Max()], [reports[u].RatioMean!.Value, reports[u].RatioMin!.Value, reports[u].RatioMax!.Value], 1e-12, 1e-10, part + "ratio");
                for (int k = 0; k < steps.Length; k++)
                {
                    double[] column = [.. ratios.Where((_, i) => i % steps.Length == k)];
                    StepRatio step = reports[u].Steps[k];
                    Assert.Equal((window.Start + k, column.Length), (step.Step, step.Samples));
                    double std = Math.Sqrt(column.Select(r => (r - column.Average()) * (r - column.Average())).Average());
                    Near.Equal([column.Average(), std, column.Min(), column.Max()], [step.Mean, step.Std, step.Min, step.Max], 1e-9, 1e-10, part + "ratio of a step");
                }

                Near.Equal(Golden[part + "grad_a"].Values, policy.GradientsAtUpdate[n].AsSpan(..^1), 1e-12, 1e-10, part + "grad_a");
                Near.Equal(Golden[part + "grad_b"].Values, policy.GradientsAtUpdate[n].AsSpan(^1..), 1e-12, 1e-10, part + "grad_b");
                Near.Equal([Golden[part + "grad_norm"].Scalar], [reports[u].GradientNorm], 1e-12, 1e-10, part + "grad_norm");
                Near.Equal(Golden[part + "a"].Values, policy.WeightsAfterUpdate[n].AsSpan(..^1), 1e-12, 1e-10, part + "a");
                Near.Equal(Golden[part + "b"].Values, policy.WeightsAfterUpdate[n].AsSpan(^1..), 1e-12, 1e-10, part + "b");
            }

            Assert.True(reports[0].MaxRatioDeviation < 1e-12);
        }
    }

    private static void CheckRollouts(string key, RolloutGroup<int, double>[] groups, int groupSize, int size)
    {
        int window = groups[0].Plan.Window.Length;
        for (int s = 0; s < groups.Length * groupSize; s++)
        {
            Rollout<double> member = groups[s / groupSize].Members[s % groupSize];
            Near.Equal(Golden[key + "x0"].Row(s), member.Final, 1e-12, 1e-10, key + "x0");
            for (int k = 0; k < window; k++)
            {
                Near.Equal(Golden[key + "states"].Row(s).Slice(k * size, size), member.State(k), 1e-12, 1e-10, key + "states");
                Near.Equal(Golden[key + "next_states"].Row(s).Slice(k * size, size), member.State(k + 1), 1e-12, 1e-10, key + "next_states");
                Near.Equal([Golden[key + "logp_old"].Row(s)[k]], [member.LogProb(k)], 1e-12, 1e-10, key + "logp_old");
            }
        }
    }

    private static double Reward(int dimension, int condition, ReadOnlySpan<double> x0)
    {
        ReadOnlySpan<double> target = Golden["target"].Row(condition);
        double sum = 0;
        for (int i = 0; i < x0.Length; i++) sum += dimension == 0 ? -(x0[i] - target[i]) * (x0[i] - target[i]) : Math.Cos(x0[i]);
        return sum / x0.Length;
    }
}
