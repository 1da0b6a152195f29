namespace GeoAlign.Sampling;

/// <summary>
/// An interval over which the density changes by no more than e^8: everything is one quadrature of exp(−m·y − y²/2), y counted from the
/// middle m or the density's equal from one end, so that nothing cancels however narrow the interval is. Ours: the textbook moments lose
/// all digits there.
/// </summary>
internal sealed class NarrowTruncation(double alpha, double beta, double width, double middle) : StandardTruncation
{
    /// <inheritdoc/>
    public override Place Quantile(double below, double above) => below <= above
        ? new(Anchor.Lower, DistanceHolding(below, alpha))
        : new(Anchor.Upper, -DistanceHolding(above, -beta));

    /// <inheritdoc/>
    public override double Below(double excess, double value) => Mass(excess, alpha) / Mass(width, alpha);

    /// <inheritdoc/>
    public override (double LogMass, Place Mean, double Variance, double Skewness, double ExcessKurtosis) Moments()
    {
        // Even moments of y weigh with cosh(m·y), odd ones with −sinh(m·y): a tiny skewness keeps its digits.
        double half = 0.5 * width, m0 = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0;
        for (int i = 0; i < GaussLegendre.PositiveNodes.Length; i++)
        {
            double y = GaussLegendre.PositiveNodes[i];                        // in units of half the width: y⁴ cannot underflow
            double weight = GaussLegendre.Weights[i] * Math.Exp(-0.5 * half * half * y * y);
            double even = weight * Math.Cosh(middle * half * y), odd = -weight * Math.Sinh(middle * half * y);
            m0 += even;
            m1 += odd * y;
            m2 += even * y * y;
            m3 += odd * y * y * y;
            m4 += even * y * y * y * y;
        }

        double mean = m1 / m0, second = m2 / m0, third = m3 / m0, fourth = m4 / m0, variance = second - mean * mean;
        double skewness = (third - mean * (3 * second - 2 * mean * mean)) / Math.Pow(variance, 1.5);
        double kurtosis = (fourth - mean * (4 * third - mean * (6 * second - 3 * mean * mean))) / (variance * variance);
        double logMass = StandardNormal.LogDensity(middle) + Math.Log(2 * m0 * half);
        return (logMass, new(Anchor.Middle, mean * half), variance * half * half, skewness, kurtosis - 3);
    }

    // Distance from an end that holds the share p ≤ ½ of the mass; rate is the slope of −log density there, looking inwards.
    // Newton's method inside a shrinking bracket, from the quantile of the exponential density with the same overall slope.
    private double DistanceHolding(double p, double rate)
    {
        double target = p * Mass(width, rate), slope = (rate + 0.5 * width) * width;
        double low = 0, high = width;
        double distance = width * (Math.Abs(slope) < 1e-5 ? p : -NearOne.Log1p(p * (Math.Exp(-slope) - 1)) / slope);
        for (int i = 0; i < 60; i++)
        {
            double excess = Mass(distance, rate) - target;
            if (excess > 0) high = distance;
            else low = distance;
            double next = distance - excess / Density(distance, rate);
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (Math.Abs(next - distance) <= 2e-16 * next) return next;
            distance = next;
        }

        return distance;
    }

    // ∫₀^distance exp(−rate·t − t²/2) dt: the mass next to an end, in units of the density there.
    private static double Mass(double distance, double rate)
    {
        double half = 0.5 * distance, sum = 0;
        for (int i = 0; i < GaussLegendre.PositiveNodes.Length; i++)
        {
            double offset = half * GaussLegendre.PositiveNodes[i];
            sum += GaussLegendre.Weights[i] * (Density(half - offset, rate) + Density(half + offset, rate));
        }

        return half * sum;
    }

    private static double Density(double distance, double rate) => Math.Exp(-distance * (rate + 0.5 * distance));
}
