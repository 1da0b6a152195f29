namespace GeoAlign.Models;

/// <summary>One point in time of supervised training.</summary>
/// <param name="Sigma">Noise level σ in [0, 1] that the data are mixed with; 1 is pure noise.</param>
/// <param name="Timestep">What the network is told: 1000 σ, or a value next to it after rounding to bfloat16.</param>
/// <param name="Weight">Factor of the loss.</param>
public readonly record struct TrainingTime(double Sigma, float Timestep, double Weight);
