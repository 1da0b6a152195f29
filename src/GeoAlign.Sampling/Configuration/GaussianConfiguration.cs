namespace GeoAlign.Sampling;

/// <summary>A truncated Gaussian in a <see cref="DataConfiguration"/>.</summary>
/// <param name="Mean">μ of the Gaussian before it is truncated.</param>
/// <param name="Deviation">σ of it.</param>
/// <param name="Minimum">Lower bound.</param>
/// <param name="Maximum">Upper bound.</param>
public sealed record GaussianConfiguration(double Mean, double Deviation, double Minimum, double Maximum)
{
    /// <summary>The distribution.</summary>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public TruncatedGaussian ToDistribution() => new(Mean, Deviation, Minimum, Maximum);
}
