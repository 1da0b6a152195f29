using GeoAlign.Randomness;

namespace GeoAlign.Sampling.Tests.Distributions;

/// <summary>Draws at fixed addresses against the distribution's own numbers; thresholds leave about one false alarm in a thousand.</summary>
public class TruncatedGaussianDrawTests
{
    private const int Count = 20_000;

    public static TheoryData<double, double, double, double> Distributions => new()
    {
        { 0.8, 0.32, 0.16, 1.6 },                              // the default translation speed: all around the mean
        { 0, 1, -1, 1 },                                       // narrow
        { 0, 1, 5, 6 },                                        // upper tail
        { 0, 1, double.NegativeInfinity, -8 },                 // lower tail, one-sided
        { 0, 1, -3, 40 },                                      // wide, lopsided
        { 0, 1, double.NegativeInfinity, double.PositiveInfinity },
        { -3, 100, 5, 6 },                                     // almost uniform
    };

    [Theory, MemberData(nameof(Distributions))]
    public void Draws_have_the_mean_and_variance_of_the_distribution(double mu, double sigma, double minimum, double maximum)
    {
        TruncatedGaussian distribution = new(mu, sigma, minimum, maximum);
        TruncatedGaussianMoments moments = distribution.Moments();

        double[] draws = Draws(distribution);

        double mean = draws.Average(), variance = draws.Sum(x => (x - mean) * (x - mean)) / (Count - 1);
        Assert.True(Math.Abs(mean - moments.Mean) < 5 * Math.Sqrt(moments.Variance / Count), $"mean {mean}, expected {moments.Mean}");
        Assert.True(Math.Abs(variance - moments.Variance) < 5 * moments.Variance * Math.Sqrt((moments.ExcessKurtosis + 2) / Count),
            $"variance {variance}, expected {moments.Variance}");
    }

    [Theory, MemberData(nameof(Distributions))]
    public void Draws_pass_the_Kolmogorov_Smirnov_test(double mu, double sigma, double minimum, double maximum)
    {
        TruncatedGaussian distribution = new(mu, sigma, minimum, maximum);

        double[] draws = Draws(distribution);

        Array.Sort(draws);
        double distance = draws.Select((x, i) => Math.Max(distribution.Cdf(x) - (double)i / Count, (i + 1.0) / Count - distribution.Cdf(x))).Max();
        Assert.True(distance < 1.95 / Math.Sqrt(Count), $"distance {distance}");
    }

    [Theory, MemberData(nameof(Distributions))]
    public void Draws_lie_strictly_inside_the_bounds(double mu, double sigma, double minimum, double maximum) =>
        Assert.All(Draws(new(mu, sigma, minimum, maximum)), x => Assert.True(minimum < x && x < maximum));

    [Fact]
    public void A_draw_depends_on_its_address_alone()
    {
        TruncatedGaussian distribution = new(0.8, 0.32, 0.16, 1.6);
        double At(ulong seed, RandomPurpose purpose, int iteration, int group) => distribution.Draw(new(seed, purpose, iteration, group));

        double draw = At(7, RandomPurpose.TranslationSpeed, 3, 2);

        Assert.Equal(draw, At(7, RandomPurpose.TranslationSpeed, 3, 2));
        Assert.NotEqual(draw, At(8, RandomPurpose.TranslationSpeed, 3, 2));
        Assert.NotEqual(draw, At(7, RandomPurpose.RotationSpeed, 3, 2));
        Assert.NotEqual(draw, At(7, RandomPurpose.TranslationSpeed, 2, 3));
    }

    private static double[] Draws(TruncatedGaussian distribution)
    {
        double[] draws = new double[Count];
        for (int i = 0; i < Count; i++) draws[i] = distribution.Draw(new CounterRandom(2024, RandomPurpose.TranslationSpeed, i));
        return draws;
    }
}
