namespace GeoAlign.Sampling;

/// <summary>
/// A standard normal distribution truncated to [α, β], mirrored if need be so that α + β ≥ 0. Three regimes, because no single formula
/// keeps its digits on narrow intervals, in the tail and around the mean.
/// </summary>
/// <remarks>
/// Places are given as a distance from the point of the interval that is exact in the caller's own units: adding it there loses nothing.
/// </remarks>
internal abstract class StandardTruncation
{
    /// <summary>Picks the regime for [α, β], α &lt; β, α + β ≥ 0.</summary>
    /// <param name="alpha">Lower bound in standard deviations from the mean.</param>
    /// <param name="beta">Upper bound in standard deviations from the mean; may be infinite.</param>
    /// <param name="width">β − α, formed without the cancellation of the two.</param>
    /// <param name="middle">½(α + β), likewise.</param>
    public static StandardTruncation Create(double alpha, double beta, double width, double middle)
    {
        // Density over the interval varies by at most e^8, and width 5 keeps the quadrature's error under 1e-19 of the mass
        // (remainder term (2h)⁴⁹(24!)⁴/(49·(48!)³)·max f⁽⁴⁸⁾).
        bool narrow = width <= 5 && middle * width + width * width / 8 <= 8;
        if (narrow) return new NarrowTruncation(alpha, beta, width, middle);
        return alpha > 0 ? new TailTruncation(alpha, width) : new CentreTruncation(alpha, beta);
    }

    /// <summary>The value with probability <paramref name="below"/> under it and <paramref name="above"/> over it, both in (0, 1).</summary>
    public abstract Place Quantile(double below, double above);

    /// <summary>Probability of values under a point.</summary>
    /// <param name="excess">The point's distance from α.</param>
    /// <param name="value">The point itself, in standard deviations from the mean.</param>
    public abstract double Below(double excess, double value);

    /// <summary>log(Φ(β) − Φ(α)), and the mean's place, variance, skewness and excess kurtosis in standard units.</summary>
    public abstract (double LogMass, Place Mean, double Variance, double Skewness, double ExcessKurtosis) Moments();

    /// <summary>The points of the interval from which a <see cref="Place"/> is measured.</summary>
    public enum Anchor
    {
        /// <summary>The lower bound α.</summary>
        Lower,

        /// <summary>The middle ½(α + β).</summary>
        Middle,

        /// <summary>The upper bound β.</summary>
        Upper,

        /// <summary>The mean of the untruncated distribution, 0.</summary>
        Mean,
    }

    /// <summary>A point at a signed distance, in standard deviations, from an anchor.</summary>
    public readonly record struct Place(Anchor From, double Distance);
}
