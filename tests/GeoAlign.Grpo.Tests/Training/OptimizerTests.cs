namespace GeoAlign.Grpo.Tests;

public class OptimizerTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("grpo", "optimizer.safetensors");

    [Theory]
    [InlineData("mix")]
    [InlineData("flow")]
    public void AdamW_clipping_warm_up_and_averaging_repeat_the_golden_run(string run)
    {
        double[] config = Golden[run + ".config"].Values, q = Golden["q"].Values, b = Golden["b"].Values;
        double[] weights = [.. Golden["p0"].Values], average = [.. weights], gradients = new double[weights.Length];
        AdamW<double> optimizer = new(weights.Length, config[1], config[2], config[3], config[4]);
        LearningRateSchedule rate = new(config[0], (int)config[8]);
        EmaOptions ema = new(config[6], (int)config[7]);

        for (int t = 0; t < Golden[run + ".lr"].Values.Length; t++)
        {
            for (int i = 0; i < weights.Length; i++) gradients[i] = q[i] * (weights[i] - b[i]);
            double norm = Math.Sqrt(gradients.Sum(g => g * g));
            optimizer.Update(weights, gradients, rate.At(t), GradientClipping.Factor(norm, config[5]));
            if (ema.MovesAfter(t)) Ema.Move<double>(average, weights, ema.DecayAt(t));

            Near.Equal([Golden[run + ".grad_norm"].Values[t]], [norm], 1e-12, 1e-10, $"norm {t}");
            Near.Equal([Golden[run + ".lr"].Values[t]], [rate.At(t)], 1e-15, 1e-12, $"lr {t}");
            Near.Equal([Golden[run + ".ema_decay"].Values[t]], [ema.DecayAt(t)], 1e-15, 1e-12, $"decay {t}");
            Near.Equal(Golden[run + ".params"].Row(t), weights, 1e-12, 1e-10, $"weights {t}");
            Near.Equal(Golden[run + ".ema"].Row(t), average, 1e-12, 1e-10, $"average {t}");
        }
    }

    [Theory]
    [InlineData(1.0, 0.999, 1e-8, 0.0, "beta1")]
    [InlineData(0.9, -0.1, 1e-8, 0.0, "beta2")]
    [InlineData(0.9, 0.999, 0.0, 0.0, "epsilon")]
    [InlineData(0.9, 0.999, 1e-8, double.NaN, "weightDecay")]
    public void Bad_numbers_are_refused(double beta1, double beta2, double epsilon, double decay, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW<double>(3, beta1, beta2, epsilon, decay)).ParamName);

    [Fact]
    public void A_restored_optimizer_goes_on_bit_for_bit()
    {
        double[] weights = [1, -2, 3], gradients = [0.3, 0.1, -0.7];
        AdamW<double> first = new(3);
        first.Update(weights, gradients, 0.01);
        AdamW<double> second = new(3);
        double[] copy = [.. weights];
        second.Restore(first.FirstMoment, first.SecondMoment, first.Updates);

        first.Update(weights, gradients, 0.01);
        second.Update(copy, gradients, 0.01);

        Assert.Equal(weights, copy);
    }
}
