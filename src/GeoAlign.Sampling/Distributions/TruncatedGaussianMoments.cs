namespace GeoAlign.Sampling;

/// <summary>Moments of a <see cref="TruncatedGaussian"/>.</summary>
/// <param name="LogMass">log of the probability that the untruncated Gaussian falls between the bounds, log(Φ(β) − Φ(α)).</param>
/// <param name="Mean">Mean of the truncated distribution.</param>
/// <param name="Variance">Variance of the truncated distribution.</param>
/// <param name="Skewness">Third central moment over the 3/2 power of the variance.</param>
/// <param name="ExcessKurtosis">Fourth central moment over the squared variance, minus 3.</param>
public readonly record struct TruncatedGaussianMoments(double LogMass, double Mean, double Variance, double Skewness, double ExcessKurtosis);
