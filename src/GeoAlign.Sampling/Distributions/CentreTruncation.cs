namespace GeoAlign.Sampling;

/// <summary>A wide interval around the mean, α ≤ 0 &lt; β.</summary>
internal sealed class CentreTruncation(double alpha, double beta) : StandardTruncation
{
    private readonly double _belowAlpha = StandardNormal.Cdf(alpha);
    private readonly double _aboveBeta = StandardNormal.Cdf(-beta);

    /// <inheritdoc/>
    public override Place Quantile(double below, double above)
    {
        double mass = 1 - (_belowAlpha + _aboveBeta);
        return new(Anchor.Mean, StandardNormal.Quantile(_belowAlpha + below * mass, _aboveBeta + above * mass));
    }

    /// <inheritdoc/>
    public override double Below(double excess, double value)
    {
        double mass = 1 - (_belowAlpha + _aboveBeta);
        return value <= 0
            ? (StandardNormal.Cdf(value) - _belowAlpha) / mass
            : 1 - (StandardNormal.Cdf(-value) - _aboveBeta) / mass;
    }

    /// <inheritdoc/>
    public override (double LogMass, Place Mean, double Variance, double Skewness, double ExcessKurtosis) Moments()
    {
        // p_k = (α^k·φ(α) − β^k·φ(β))/Z measure how far the bounds push the moments of the standard normal (0, 1, 0, 3) away.
        // Written out in p_k the leading constants drop out of the central moments, so that even 5e-12 keeps its digits.
        double logMass = NearOne.Log1p(-(_belowAlpha + _aboveBeta)), mass = Math.Exp(logMass);
        double low = StandardNormal.Density(alpha) / mass, high = StandardNormal.Density(beta) / mass;
        double p0 = low - high;
        double p1 = Edge(alpha, low, 1) - Edge(beta, high, 1);
        double p2 = Edge(alpha, low, 2) - Edge(beta, high, 2);
        double p3 = Edge(alpha, low, 3) - Edge(beta, high, 3);

        double variance = 1 + p1 - p0 * p0;
        double third = p2 - p0 * (1 + 3 * p1 - 2 * p0 * p0);
        double fourthCumulant = p3 - 3 * p1 * (1 + p1) + p0 * (4 * p0 - 4 * p2 + 12 * p0 * p1 - 6 * p0 * p0 * p0);
        return (logMass, new(Anchor.Mean, p0), variance, third / Math.Pow(variance, 1.5), fourthCumulant / (variance * variance));
    }

    // bound^k · density, 0 at an infinite bound.
    private static double Edge(double bound, double density, int power) => density == 0 ? 0 : Math.Pow(bound, power) * density;
}
