using GeoAlign.Grpo;

namespace GeoAlign.Models.Tests;

public class FlowMatchingLossTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("models", "scheduler.safetensors");
    private static readonly FlowMatchingTable Table = new(1000, 5);

    [Fact]
    public void Noise_targets_weights_and_the_loss_meet_their_golden_values()
    {
        int samples = Golden["addnoise.ids"].Values.Length;
        double loss = 0;
        for (int i = 0; i < samples; i++)
        {
            TrainingTime time = Table.At((int)Golden["addnoise.ids"].Values[i], roundTimestepToBFloat16: true);
            float[] data = Row("addnoise.x0", i), noise = Row("addnoise.noise", i), noisy = new float[data.Length], gradient = new float[data.Length];
            FlowMatchingLoss.AddNoise(data, noise, time.Sigma, noisy);
            loss += FlowMatchingLoss.Evaluate(Row("sft.pred", i), data, noise, time.Weight / samples, gradient, out _);

            Assert.Equal((float)Golden["addnoise.timestep_bf16"].Values[i], time.Timestep);
            Near.Equal([Golden["addnoise.weight"].Values[i]], [time.Weight], 2e-6, what: $"weight {i}");
            Near.Equal(Golden["addnoise.noisy"].Row(i), Wide(noisy), 1e-6, what: $"noisy {i}");
        }

        Near.Equal(Golden["sft.loss"].Values, [loss], 1e-6, 1e-6, what: "loss");
    }

    [Fact]
    public void A_perfect_prediction_is_the_golden_target_and_costs_nothing()
    {
        float[] data = Row("addnoise.x0", 1), noise = Row("addnoise.noise", 1), target = Row("addnoise.target", 1), gradient = new float[data.Length];

        double loss = FlowMatchingLoss.Evaluate(target, data, noise, 1, gradient, out double meanSquare);

        Assert.InRange(loss, 0, 1e-12);
        Assert.Equal(loss, meanSquare);
        Assert.All(gradient, g => Assert.InRange(g, -1e-6f, 1e-6f));
    }

    [Fact]
    public void The_gradient_is_the_derivative_of_the_loss() => ForAll.Seeds(20, random =>
    {
        float[] velocity = Numbers(random), data = Numbers(random), noise = Numbers(random), gradient = new float[8], unused = new float[8];
        double factor = random.NextDouble();
        FlowMatchingLoss.Evaluate(velocity, data, noise, factor, gradient, out _);

        for (int i = 0; i < velocity.Length; i++)
        {
            float[] more = [.. velocity], less = [.. velocity];
            more[i] += 0.01f;
            less[i] -= 0.01f;
            double slope = (FlowMatchingLoss.Evaluate(more, data, noise, factor, unused, out _)
                - FlowMatchingLoss.Evaluate(less, data, noise, factor, unused, out _)) / ((double)more[i] - less[i]);
            Assert.Equal(slope, gradient[i], 2e-6);
        }
    });

    [Fact]
    public void Euler_steps_on_the_schedule_follow_the_golden_trajectory()
    {
        FixtureTensor golden = Golden["euler.f64.traj"];
        SigmaSchedule schedule = SigmaSchedule.DiffSynth(12, 5);
        double[] x = golden.Row(0).ToArray(), c = Golden["euler.c"].Values;
        for (int step = 0; step < 12; step++)
        {
            double[] v = [.. x.Select((value, i) => -0.7 * value + c[i % 5] * (1 - 2 * schedule[step]) + 0.3 * Math.Sin(value))];
            if (step == 0)
                Near.Equal(Golden["euler.x0_pred_first"].Values, [.. x.Zip(v, (a, b) => a - schedule[0] * b)], 1e-6, what: "first data estimate");
            for (int i = 0; i < x.Length; i++) x[i] += v[i] * (schedule[step + 1] - schedule[step]);
            Near.Equal(golden.Row(step + 1), x, 1e-6, what: $"after step {step}");
            Near.Equal(Golden["euler.f32.traj"].Row(step + 1), x, 5e-6, what: $"in single precision after step {step}");
        }
    }

    [Fact]
    public void Lengths_and_levels_that_do_not_fit_are_refused()
    {
        float[] four = new float[4], five = new float[5];

        Assert.Throws<ArgumentException>(() => FlowMatchingLoss.AddNoise(four, five, 0.5, four));
        Assert.Throws<ArgumentException>(() => FlowMatchingLoss.AddNoise(four, four, 0.5, five));
        Assert.Throws<ArgumentOutOfRangeException>(() => FlowMatchingLoss.AddNoise(four, four, double.NaN, four));
        Assert.Throws<ArgumentException>(() => FlowMatchingLoss.Evaluate(four, five, four, 1, four, out _));
        Assert.Throws<ArgumentException>(() => FlowMatchingLoss.Evaluate(four, four, four, 1, five, out _));
    }

    private static float[] Row(string name, int row) => Array.ConvertAll(Golden[name].Row(row).ToArray(), value => (float)value);

    private static double[] Wide(float[] values) => Array.ConvertAll(values, value => (double)value);

    private static float[] Numbers(Random random) => [.. Enumerable.Range(0, 8).Select(_ => (float)(2 * random.NextDouble() - 1))];
}
