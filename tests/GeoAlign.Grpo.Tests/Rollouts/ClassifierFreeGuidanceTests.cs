namespace GeoAlign.Grpo.Tests;

public class ClassifierFreeGuidanceTests
{
    private const double Sigma = 0.6;
    private static readonly double[] Latents = [0.3, -0.4, 0.9, 1.1];

    [Fact]
    public void The_velocity_is_extrapolated_from_the_unconditional_one()
    {
        ToyPolicy policy = Policy();
        double[] conditional = new double[4], plain = new double[4], guided = new double[4];
        policy.PredictVelocity(0, Sigma, 2, Latents, conditional);
        policy.PredictVelocity(1, Sigma, 2, Latents, plain);

        Guided(policy, 4.5).PredictVelocity(0, Sigma, 2, Latents, guided);

        Near.Equal([.. plain.Zip(conditional, (u, c) => u + 4.5 * (c - u))], guided, 1e-15, 1e-14);
    }

    [Fact]
    public void A_scale_of_one_is_the_policy_itself()
    {
        ToyPolicy policy = Policy();
        double[] expected = new double[4], guided = new double[4];
        policy.PredictVelocity(0, Sigma, 2, Latents, expected);

        Guided(policy, 1).PredictVelocity(0, Sigma, 2, Latents, guided);

        Near.Equal(expected, guided, 1e-15, 1e-14);
    }

    [Fact]
    public void Gradients_reach_the_weights_through_both_branches()
    {
        ScaledPolicy policy = new(0.7);
        ClassifierFreeGuidance<int, double> guidance = new(policy, 3, _ => 1);
        double Loss(double weight)
        {
            double[] v = new double[4];
            new ClassifierFreeGuidance<int, double>(new ScaledPolicy(weight), 3, _ => 1).PredictVelocity(0, Sigma, 2, Latents, v);
            return v.Sum(x => x * x);
        }

        guidance.Backpropagate(0, Sigma, 2, Latents, (v, g) =>
        {
            for (int i = 0; i < v.Length; i++) g[i] = 2 * v[i];
        });

        Assert.Equal((Loss(0.7 + 1e-6) - Loss(0.7 - 1e-6)) / 2e-6, policy.Gradient, 1e-6);
    }

    [Fact]
    public void Guidance_in_rollout_and_replay_keeps_the_ratio_at_one_and_in_one_of_them_stops_the_run()
    {
        ToyPolicy policy = Policy();
        ClassifierFreeGuidance<int, double> guided = Guided(policy, 4.5);
        SigmaSchedule schedule = SigmaSchedule.Linspace(6, 3);
        FlowSdeRule rule = new(0.7);
        RolloutGroup<int, double> group = new RolloutEngine<int, double>(guided, new CounterNoise<double>(2), new RolloutOptions { GroupSize = 4 }, new ObjectiveOptions())
            .Draw(0, RolloutPlan.Create(schedule, rule, new SdeWindow(1, 2)), 0, 0);
        Advantages advantages = AdvantageEstimator.Compute(RewardTable.Create(["r"], [4], (_, _, i) => RewardEntry.Of(i)), AdvantageOptions.GeoAlign);
        UpdateEngine<int, double> Updater(IPolicy<int, double> replayed) => new(replayed, policy, schedule, rule, new ObjectiveOptions(), new UpdateOptions());

        Assert.Throws<RatioMismatchException>(() => Updater(policy).Update([group], advantages, _ => 1e-3));
        Assert.True(Updater(guided).Update([group], advantages, _ => 1e-3)[0].MaxRatioDeviation < 1e-12);
    }

    private static ToyPolicy Policy() => new([[0.3, -0.2], [0, 0]], [0.5, 0.6], [0.1, -0.05], 0.03);

    private static ClassifierFreeGuidance<int, double> Guided(ToyPolicy policy, double scale) => new(policy, scale, _ => 1);

    /// <summary>v = w·x in the conditional branch, w²·x in the other: both depend on the one weight.</summary>
    private sealed class ScaledPolicy(double weight) : IPolicy<int, double>
    {
        public double Gradient { get; private set; }

        public int LatentSize(int condition) => 2;

        public void PredictVelocity(int condition, double sigma, int count, ReadOnlySpan<double> latents, Span<double> velocities)
        {
            for (int i = 0; i < latents.Length; i++) velocities[i] = latents[i] * (condition == 0 ? weight : weight * weight);
        }

        public void Backpropagate(int condition, double sigma, int count, ReadOnlySpan<double> latents, VelocityGradient<double> lossGradient)
        {
            double[] v = new double[latents.Length], g = new double[latents.Length];
            PredictVelocity(condition, sigma, count, latents, v);
            lossGradient(v, g);
            for (int i = 0; i < g.Length; i++) Gradient += g[i] * latents[i] * (condition == 0 ? 1 : 2 * weight);
        }
    }
}
