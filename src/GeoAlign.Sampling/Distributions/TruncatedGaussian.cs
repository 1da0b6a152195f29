using GeoAlign.Randomness;

namespace GeoAlign.Sampling;

/// <summary>The Gaussian N(μ, σ²) restricted to [a, b]; Geo-Align (arXiv 2605.23903) eq. 10–11 draws target speeds from it.</summary>
/// <remarks>
/// Density <c>φ((x − μ)/σ) / (σ·(Φ(β) − Φ(α)))</c> with <c>α = (a − μ)/σ</c>, <c>β = (b − μ)/σ</c>. Draw by giving
/// <see cref="Quantile(double)"/> a uniform number: one number per value, no rejection, so a draw is a function of its key alone.
/// Immutable; equal when the four parameters are.
/// </remarks>
public sealed record TruncatedGaussian
{
    private readonly bool _mirrored;

    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">μ, mean of the untruncated Gaussian; finite.</param>
    /// <param name="sigma">σ &gt; 0, standard deviation of the untruncated Gaussian; finite.</param>
    /// <param name="minimum">a; may be −∞.</param>
    /// <param name="maximum">b &gt; a; may be +∞.</param>
    /// <exception cref="ArgumentException">Lists every parameter that is out of range.</exception>
    public TruncatedGaussian(double mu, double sigma, double minimum, double maximum)
    {
        List<string> errors = [];
        if (!double.IsFinite(mu)) errors.Add($"μ is {mu}, must be finite");
        if (!(sigma > 0 && double.IsFinite(sigma))) errors.Add($"σ is {sigma}, must be finite and above 0");
        if (!(minimum < maximum)) errors.Add($"the bounds are [{minimum}, {maximum}], the first must be below the second");
        else if (double.IsPositiveInfinity(minimum) || double.IsNegativeInfinity(maximum)) errors.Add($"no number lies in [{minimum}, {maximum}]");
        if (errors.Count == 0 && !(Math.Max((minimum - mu) / sigma, (mu - maximum) / sigma) < 1e100))
            errors.Add($"the bounds [{minimum}, {maximum}] are more than 1e100 σ away from μ = {mu}");
        if (errors.Count > 0) throw new ArgumentException("Truncated Gaussian: " + string.Join("; ", errors) + ".");

        (Mu, Sigma, Minimum, Maximum) = (mu, sigma, minimum, maximum);
        double alpha = (minimum - mu) / sigma, beta = (maximum - mu) / sigma;
        double width = (maximum - minimum) / sigma, middle = 0.5 * (((minimum - mu) + (maximum - mu)) / sigma);
        _mirrored = alpha + beta < 0;                        // −∞ + ∞ is NaN: the symmetric case, not mirrored
        Standard = _mirrored
            ? StandardTruncation.Create(-beta, -alpha, width, -middle)
            : StandardTruncation.Create(alpha, beta, width, middle);
    }

    /// <summary>μ, mean of the untruncated Gaussian.</summary>
    public double Mu { get; }

    /// <summary>σ, standard deviation of the untruncated Gaussian.</summary>
    public double Sigma { get; }

    /// <summary>a, the lower bound.</summary>
    public double Minimum { get; }

    /// <summary>b, the upper bound.</summary>
    public double Maximum { get; }

    private StandardTruncation Standard { get; }

    /// <summary>Inverse of the distribution function: the value that a draw stays below with the given probability.</summary>
    /// <param name="probability">In [0, 1]; 0 gives the lower bound and 1 the upper.</param>
    /// <remarks>Error about 1e-15 of the value, or of the smaller of σ and b − a where the value itself is near 0.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not a probability.</exception>
    public double Quantile(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies in [0, 1].");
        return probability == 0 ? Minimum : probability == 1 ? Maximum : Quantile(probability, 1 - probability);
    }

    /// <summary>Distribution function: the probability that a draw is at most <paramref name="value"/>.</summary>
    public double Cdf(double value)
    {
        if (double.IsNaN(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a number.");
        if (value <= Minimum) return 0;
        if (value >= Maximum) return 1;
        double probability = _mirrored
            ? 1 - Standard.Below((Maximum - value) / Sigma, (Mu - value) / Sigma)
            : Standard.Below((value - Minimum) / Sigma, (value - Mu) / Sigma);
        return Math.Clamp(probability, 0, 1);
    }

    /// <summary>log of the mass between the bounds, mean, variance, skewness and excess kurtosis.</summary>
    public TruncatedGaussianMoments Moments()
    {
        (double logMass, StandardTruncation.Place mean, double variance, double skewness, double kurtosis) = Standard.Moments();
        return new(logMass, Locate(mean), Sigma * variance * Sigma, _mirrored ? -skewness : skewness, kurtosis);
    }

    /// <summary>The draw at an address of the counter-based generator.</summary>
    /// <remarks>One number says which half of the distribution, another where in it: both tails get full precision.</remarks>
    internal double Draw(CounterRandom random)
    {
        double half = 0.5 * random.Uniform(0);
        return random.Integer(2, 1) == 0 ? Quantile(half, 1 - half) : Quantile(1 - half, half);
    }

    /// <inheritdoc/>
    public bool Equals(TruncatedGaussian? other) => other is not null
        && (Mu, Sigma, Minimum, Maximum).Equals((other.Mu, other.Sigma, other.Minimum, other.Maximum));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Mu, Sigma, Minimum, Maximum);

    /// <summary>"N(μ, σ²) on [a, b]".</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"N({Mu}, {Sigma}²) on [{Minimum}, {Maximum}]");

    private double Quantile(double below, double above) =>
        Math.Clamp(Locate(_mirrored ? Standard.Quantile(above, below) : Standard.Quantile(below, above)), Minimum, Maximum);

    // From standard, possibly mirrored, units back to the caller's, measured from an end that is exact in them.
    private double Locate(StandardTruncation.Place place)
    {
        double distance = _mirrored ? -place.Distance * Sigma : place.Distance * Sigma;
        return distance + place.From switch
        {
            StandardTruncation.Anchor.Lower => _mirrored ? Maximum : Minimum,
            StandardTruncation.Anchor.Upper => _mirrored ? Minimum : Maximum,
            StandardTruncation.Anchor.Middle => Minimum + 0.5 * (Maximum - Minimum),
            _ => Mu,
        };
    }
}
