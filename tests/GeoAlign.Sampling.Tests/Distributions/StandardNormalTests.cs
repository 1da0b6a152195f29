namespace GeoAlign.Sampling.Tests.Distributions;

public class StandardNormalTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("geometry", "truncated_gaussian.safetensors");
    private static readonly double[] X = Golden["x"].Values;

    [Fact]
    public void Cdf_agrees_with_80_digits_down_to_the_smallest_double() =>
        Near.Equal(Golden["normal_cdf"].Values, Array.ConvertAll(X, StandardNormal.Cdf), 5e-324, 1e-15, "Φ");

    [Fact]
    public void Log_cdf_agrees_with_80_digits() =>       // which cannot see the 3e-89 of x = 20, hence the absolute part
        Near.Equal(Golden["normal_logcdf"].Values, Array.ConvertAll(X, StandardNormal.LogCdf), 1e-80, 1e-15, "log Φ");

    [Fact]
    public void Erfcx_agrees_with_80_digits() =>
        Near.Equal(Golden["erfcx_absx"].Values, Array.ConvertAll(X, x => StandardNormal.Erfcx(Math.Abs(x))), 0, 1e-15, "erfcx(|x|)");

    [Fact]
    public void Quantile_agrees_with_80_digits() =>
        Near.Equal(Golden["normal_ppf"].Values, Array.ConvertAll(Golden["u"].Values, u => StandardNormal.Quantile(u, 1 - u)), 2e-16, 1e-15, "Φ⁻¹");

    [Fact]
    public void Erfcx_is_continuous_where_its_approximations_meet()
    {
        foreach (double seam in new[] { 0.46875, 4.0 })
        {
            double below = StandardNormal.Erfcx(seam), above = StandardNormal.Erfcx(Math.BitIncrement(seam));

            Assert.Equal(1, above / below, 1e-15);
        }
    }

    [Fact]
    public void Tail_excess_undoes_the_log_tail_ratio() => ForAll.Seeds(300, rng =>
    {
        double start = 40 * rng.NextDouble(), logRatio = -Math.Exp(12 * rng.NextDouble() - 6);

        double excess = StandardNormal.TailExcess(start, logRatio);

        Assert.Equal(1, StandardNormal.LogTailRatio(start, excess) / logRatio, 1e-12);
    });

    [Theory]
    [InlineData(1e-20), InlineData(-1e-20), InlineData(3e-9), InlineData(-3e-9), InlineData(-0.3), InlineData(0.0)]
    public void Log1p_and_Expm1_undo_each_other_near_zero(double x)
    {
        double log = NearOne.Log1p(x);

        Assert.Equal(x, log > 0 ? 2 * Math.Exp(log / 2) * Math.Sinh(log / 2) : NearOne.Expm1(log), Math.Abs(x) * 4e-16);
        Assert.True(Math.Abs(log - (x - x * x / 2)) <= Math.Abs(x * x * x) + 4e-16 * Math.Abs(x), $"log(1 + {x}) = {log}");
    }

    [Fact]
    public void Quadrature_is_exact_for_polynomials_up_to_degree_47()
    {
        double integral = GaussLegendre.Integrate(-1, 2, x => Math.Pow(x, 47));

        Assert.Equal(1, integral / ((Math.Pow(2, 48) - 1) / 48), 1e-14);
    }
}
