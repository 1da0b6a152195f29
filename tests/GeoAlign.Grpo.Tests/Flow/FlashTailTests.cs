namespace GeoAlign.Grpo.Tests;

public class FlashTailTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("grpo", "flash_tail.safetensors");

    [Theory]
    [InlineData("w0_r0.4_mid2", 25)]
    [InlineData("w0_r0.2_mid2", 25)]
    [InlineData("w6_r0.4_mid2", 25)]
    [InlineData("w0_r0.4_heun2", 25)]
    [InlineData("w3_r0.4_o3", 25)]
    [InlineData("w2_r0.4_o1", 25)]
    [InlineData("w0_single_mid2", 16)]
    public void Compressed_rollouts_follow_the_golden_paths(string name, int steps)
    {
        double[] ratioOrder = Golden[name + ".ratio_order"].Values;
        FlashTail flash = new(ratioOrder[0], (int)ratioOrder[1], (MultistepVariant)(int)ratioOrder[2]);
        long[] indices = Golden[name + ".window"].Integers();
        SdeWindow window = new((int)indices[0], indices.Length);
        FixtureTensor noise = Golden[name + ".noise"], latents = Golden[name + ".latents"];
        int members = latents.Shape[0], size = Golden["field.m"].Values.Length;
        double shift = Shift(Golden[name + ".sigmas"].Values[1], steps);
        FlowSdeRule rule = new(0.7);
        RecordedNoise recorded = new((_, member) => latents.Row(member)[..size].ToArray(), (_, member, step) => noise.Row(step).Slice(member * size, size).ToArray());
        foreach (bool share in new[] { true, false })
        {
            GaussianField field = new(Golden["field.m"].Values, Golden["field.s0"].Values);
            RolloutPlan plan = RolloutPlan.Create(SigmaSchedule.Linspace(steps, shift), rule, window, flash);

            RolloutGroup<int, double> group = new RolloutEngine<int, double>(field, recorded, new RolloutOptions { GroupSize = members, SharePrefix = share }, new ObjectiveOptions())
                .Draw(0, plan, 0, 0);

            Near.Equal(Golden[name + ".sigmas"].Values, plan.Schedule.Sigmas, 1e-12, 1e-10, "sigmas");
            for (int m = 0; m < members; m++)
            {
                Near.Equal(Golden[name + ".logp"].Row(m), [.. Enumerable.Range(0, window.Length).Select(group.Members[m].LogProb)], 1e-12, 1e-10, "logp");
                Near.Equal(latents.Row(m).Slice(plan.Steps.Length * size, size), group.Members[m].Final, 1e-12, 1e-10, "final");
            }
        }
    }

    [Theory]
    [InlineData(0, 0.4, 11)]
    [InlineData(6, 0.4, 15)]
    [InlineData(12, 0.4, 19)]
    [InlineData(0, 0.2, 7)]
    public void Step_counts_are_those_of_the_published_code(int start, double ratio, int steps) =>
        Assert.Equal(steps, new FlashTail(ratio).Compress(SigmaSchedule.Linspace(25, 3), new SdeWindow(start, 4)).Steps);

    [Fact]
    public void The_tail_always_reaches_data_and_never_touches_the_window() => ForAll.Seeds(200, rng =>
    {
        int steps = rng.Next(2, 40), start = rng.Next(0, steps), length = rng.Next(1, steps - start + 1);
        SigmaSchedule full = SigmaSchedule.Linspace(steps, 1 + 9 * rng.NextDouble());

        SigmaSchedule compressed = new FlashTail(0.05 + 0.95 * rng.NextDouble()).Compress(full, new SdeWindow(start, length));

        Assert.Equal(0, compressed[compressed.Steps]);
        Assert.Equal(full.Shift, compressed.Shift);
        Assert.True(compressed.Steps <= steps);
        for (int i = 0; i <= start + length; i++) Assert.Equal(full[i], compressed[i]);
    });

    [Theory]
    [InlineData(1, MultistepVariant.Midpoint, 1.0)]
    [InlineData(2, MultistepVariant.Midpoint, 2.0)]
    [InlineData(2, MultistepVariant.Heun, 2.0)]
    [InlineData(3, MultistepVariant.Heun, 2.0)]      // the published form: half of the second-derivative term of a true third order
    public void Each_order_converges_as_documented(int order, MultistepVariant variant, double expected)
    {
        // One element of Gaussian data, integrated between two inner noise levels, where nothing is singular.
        double Error(int steps)
        {
            double[] sigmas = [.. Enumerable.Range(0, steps + 1).Select(i => 0.9 - 0.6 * i / steps), 0];
            SigmaSchedule schedule = SigmaSchedule.Of(sigmas);
            // The exact flow scales the distance from the mean by the ratio of the marginal deviations.
            double Deviation(double s) => Math.Sqrt((1 - s) * (1 - s) * 0.25 + s * s);
            double Exact(double s) => (1 - s) * 0.2 + (1.3 - 0.1 * 0.2) * Deviation(s) / Deviation(0.9);
            double x = 1.3, before = 0, beforeThat = 0;
            for (int i = 0; i < steps; i++)
            {
                if (i < order) x = Exact(schedule[i]);                      // the first steps lack history; start exactly
                double m = x - schedule[i] * GaussianField.Velocity(x, schedule[i], 0.2, 0.5);
                double[] next = new double[1];
                MultistepStep.Create(schedule, i, order, variant).Advance<double>([x], [m], [before], [beforeThat], next);
                (x, before, beforeThat) = (next[0], m, before);
            }

            return Math.Abs(x - Exact(schedule[steps]));
        }

        double measured = Math.Log2(Error(320) / Error(640));

        Assert.True(Math.Abs(measured - expected) < 0.1, $"Order {order} {variant} converges with order {measured:0.00}.");
    }

    [Fact]
    public void A_plan_refuses_a_tail_that_would_not_be_shorter() => Assert.Contains("Flash.Ratio is 2",
        Assert.Throws<ArgumentException>(() => RolloutPlan.Create(SigmaSchedule.Linspace(8, 3), new FlowSdeRule(0.7), new SdeWindow(0, 2), new FlashTail(2))).Message, StringComparison.Ordinal);

    [Fact]
    public void Bad_settings_are_named()
    {
        Assert.Equal(2, new FlashTail(1.5, 4).Problems().Count());
        Assert.Contains("Flash.Ratio", Assert.Throws<ArgumentException>((new GrpoOptions { Flash = new FlashTail(0) }).Validated).Message, StringComparison.Ordinal);
    }

    // The golden file does not name its timestep shift; its first levels do: σ_1 = shift(1 − 1/T) up to the compressed tail.
    private static double Shift(double sigma1, int steps)
    {
        double u = 1 - 1.0 / steps;
        return sigma1 * (1 - u) / (u * (1 - sigma1));
    }
}
