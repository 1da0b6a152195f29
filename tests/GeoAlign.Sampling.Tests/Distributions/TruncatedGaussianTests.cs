namespace GeoAlign.Sampling.Tests.Distributions;

public class TruncatedGaussianTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("geometry", "truncated_gaussian.safetensors");

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Golden["params_mu_sigma_a_b"].Shape[0])];

    [Theory, MemberData(nameof(Rows))]
    public void Quantiles_agree_with_80_digits(int row)
    {
        TruncatedGaussian distribution = Distribution(row);
        ReadOnlySpan<double> probabilities = Golden["p"].Values, expected = Golden["quantile"].Row(row);
        double absolute = 1e-14 * Math.Min(distribution.Sigma, distribution.Maximum - distribution.Minimum);

        for (int i = 0; i < probabilities.Length; i++)
        {
            double actual = distribution.Quantile(probabilities[i]);

            Assert.True(Math.Abs(actual - expected[i]) <= Math.Max(absolute, 1e-14 * Math.Abs(expected[i])),
                $"{distribution}, p = {probabilities[i]:G17}: {actual:G17}, expected {expected[i]:G17}");
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void Moments_agree_with_80_digits(int row)
    {
        TruncatedGaussian distribution = Distribution(row);

        TruncatedGaussianMoments moments = distribution.Moments();

        double[] actual = [moments.LogMass, moments.Mean, moments.Variance, moments.Skewness, moments.ExcessKurtosis];
        Near.Equal(Golden["logZ_mean_var_skew_exkurt"].Row(row), actual, 0, 1e-12, distribution.ToString());
    }

    [Theory, MemberData(nameof(Rows))]
    public void Cdf_undoes_the_quantile(int row)
    {
        TruncatedGaussian distribution = Distribution(row);
        foreach (double p in new[] { 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99 })
        {
            double value = distribution.Quantile(p);

            // The value carries a rounding error of half an ulp; the density turns it into one of the probability.
            double spread = Math.Sqrt(distribution.Moments().Variance);
            Assert.Equal(p, distribution.Cdf(value), 1e-14 + 4 * (Math.BitIncrement(Math.Abs(value)) - Math.Abs(value)) / spread);
        }
    }

    [Fact]
    public void Mirroring_the_parameters_mirrors_the_distribution() => ForAll.Seeds(300, rng =>
    {
        (TruncatedGaussian left, TruncatedGaussian right) = MirroredPair(rng);
        double p = Math.ScaleB(1 + rng.Next(1 << 20), -21);

        double value = left.Quantile(p), mirrored = right.Quantile(1 - p);

        Assert.Equal(-value, mirrored, 1e-14 * (left.Sigma + Math.Abs(value)));
        Assert.Equal(-left.Moments().Skewness, right.Moments().Skewness, 1e-12);
        Assert.Equal(left.Moments().Variance, right.Moments().Variance, 1e-12 * left.Moments().Variance);
    });

    [Fact]
    public void Quantile_rises_and_stays_inside_the_bounds() => ForAll.Seeds(300, rng =>
    {
        (TruncatedGaussian distribution, _) = MirroredPair(rng);
        double previous = distribution.Minimum;
        for (int i = 0; i <= 64; i++)
        {
            double value = distribution.Quantile(i / 64.0);

            Assert.InRange(value, previous, distribution.Maximum);
            previous = value;
        }
    });

    /// <summary>The three regimes must give one function: the same distribution just either side of a switch.</summary>
    [Theory]
    [InlineData(-2.5, 2.5), InlineData(-1, 4), InlineData(0, 3.57770876399966), InlineData(1e-9, 3.5777087643), InlineData(2, 4.6969), InlineData(10, 10.768)]
    public void Regimes_meet_without_a_jump(double minimum, double maximum)
    {
        foreach (double p in new[] { 1e-9, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-9 })
        {
            double below = new TruncatedGaussian(0, 1, minimum, maximum * (1 - 1e-4)).Quantile(p);
            double at = new TruncatedGaussian(0, 1, minimum, maximum).Quantile(p);
            double above = new TruncatedGaussian(0, 1, minimum, maximum * (1 + 1e-4)).Quantile(p);

            // A smooth function of the bound has a second difference of the order of step² ≤ (1.1e-3)².
            Assert.Equal(0, above - 2 * at + below, 2e-6);
        }
    }

    [Fact]
    public void Bounds_are_the_quantiles_of_0_and_1()
    {
        TruncatedGaussian distribution = new(0.05, 0.02, 0.01, double.PositiveInfinity);

        Assert.Equal(0.01, distribution.Quantile(0));
        Assert.Equal(double.PositiveInfinity, distribution.Quantile(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => distribution.Quantile(1.0000001));
        Assert.Throws<ArgumentOutOfRangeException>(() => distribution.Quantile(double.NaN));
    }

    [Fact]
    public void A_wide_window_far_out_keeps_its_digits_near_the_bound()
    {
        // Exponential limit far in the tail: excess = −log(1 − p)/α to first order in 1/α².
        TruncatedGaussian distribution = new(0, 1, 1e8, double.PositiveInfinity);

        Assert.Equal(1e8 + Math.Log(2) / 1e8, distribution.Quantile(0.5), 1e-8);
        Assert.Equal(2, distribution.Moments().Skewness, 1e-10);
        Assert.Equal(6, distribution.Moments().ExcessKurtosis, 1e-10);
    }

    [Fact]
    public void One_message_lists_every_bad_parameter()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new TruncatedGaussian(double.NaN, -1, 3, 2));

        Assert.Equal("Truncated Gaussian: μ is NaN, must be finite; σ is -1, must be finite and above 0; the bounds are [3, 2], the first must be below the second.", error.Message);
    }

    [Theory]
    [InlineData(0, 0, 0, 1), InlineData(0, double.PositiveInfinity, 0, 1), InlineData(0, 1, 1, 1), InlineData(0, 1, double.NaN, 1)]
    [InlineData(0, 1, double.PositiveInfinity, double.PositiveInfinity), InlineData(0, 1e-300, 1, 2)]
    public void Parameters_without_a_distribution_are_refused(double mu, double sigma, double minimum, double maximum) =>
        Assert.Throws<ArgumentException>(() => new TruncatedGaussian(mu, sigma, minimum, maximum));

    [Fact]
    public void Equality_is_that_of_the_four_parameters()
    {
        Assert.Equal(new TruncatedGaussian(1, 2, 0, 5), new TruncatedGaussian(1, 2, 0, 5));
        Assert.NotEqual(new TruncatedGaussian(1, 2, 0, 5), new TruncatedGaussian(1, 2, 0, 6));
    }

    private static TruncatedGaussian Distribution(int row)
    {
        ReadOnlySpan<double> p = Golden["params_mu_sigma_a_b"].Row(row);
        return new(p[0], p[1], p[2], p[3]);
    }

    private static (TruncatedGaussian Left, TruncatedGaussian Right) MirroredPair(Random rng)
    {
        double sigma = Math.Exp(6 * rng.NextDouble() - 3), mu = 4 * rng.NextDouble() - 2;
        double low = mu + sigma * (80 * rng.NextDouble() - 40), width = sigma * Math.Exp(14 * rng.NextDouble() - 10);
        return (new(mu, sigma, low, low + width), new(-mu, sigma, -low - width, -low));
    }
}
