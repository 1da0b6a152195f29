namespace GeoAlign.Models;

/// <summary>What HPSv3 says of an image and its prompt.</summary>
/// <param name="Mu">μ: the score. Higher is better.</param>
/// <param name="Sigma">σ: how sure the network is, as its training took it. Not part of the score.</param>
public readonly record struct HpsV3Score(double Mu, double Sigma);
