namespace GeoAlign.Sampling;

/// <summary>An interval beyond the mean, α &gt; 0, wide enough that the density falls by more than e^8: works on the excess over α.</summary>
internal sealed class TailTruncation(double alpha, double width) : StandardTruncation
{
    private readonly double _logRatio = StandardNormal.LogTailRatio(alpha, width);

    /// <inheritdoc/>
    public override Place Quantile(double below, double above)
    {
        double logRatio = below <= above
            ? NearOne.Log1p(below * NearOne.Expm1(_logRatio))
            : Math.Log(Math.Exp(_logRatio) - above * NearOne.Expm1(_logRatio));
        return new(Anchor.Lower, StandardNormal.TailExcess(alpha, logRatio));
    }

    /// <inheritdoc/>
    public override double Below(double excess, double value) =>
        NearOne.Expm1(StandardNormal.LogTailRatio(alpha, excess)) / NearOne.Expm1(_logRatio);

    /// <inheritdoc/>
    public override (double LogMass, Place Mean, double Variance, double Skewness, double ExcessKurtosis) Moments()
    {
        // Excess t in units of 1/(α + 1), where it is close to exponential: positive terms only, in 8 panels up to density e^−60.
        double unit = 1 / (alpha + 1);
        double end = Math.Min(width, 120 / (alpha + Math.Sqrt(alpha * alpha + 120))) / unit;
        double Density(double t) => Math.Exp(-t * unit * (alpha + 0.5 * t * unit));

        double mass = Integrate(end, Density);
        double mean = Integrate(end, t => t * Density(t)) / mass;
        double variance = Integrate(end, t => (t - mean) * (t - mean) * Density(t)) / mass;
        double third = Integrate(end, t => Math.Pow(t - mean, 3) * Density(t)) / mass;
        double fourth = Integrate(end, t => Math.Pow(t - mean, 4) * Density(t)) / mass;
        double logMass = StandardNormal.LogCdf(-alpha) + Math.Log(-NearOne.Expm1(_logRatio));
        return (logMass, new(Anchor.Lower, mean * unit), variance * unit * unit,
            third / Math.Pow(variance, 1.5), fourth / (variance * variance) - 3);
    }

    private static double Integrate(double end, Func<double, double> f)
    {
        const int panels = 8;
        double sum = 0;
        for (int i = 0; i < panels; i++) sum += GaussLegendre.Integrate(end * i / panels, end * (i + 1) / panels, f);
        return sum;
    }
}
