namespace GeoAlign.Grpo;

/// <summary>Writes d(loss)/d(velocity) for velocities that a policy has just predicted with its current weights.</summary>
/// <typeparam name="T">Element type of latents and velocities.</typeparam>
/// <param name="velocities">Predicted velocities, <c>count × LatentSize</c>, in the order of the latents.</param>
/// <param name="lossGradients">Where to write the gradient, same shape; zero on entry.</param>
public delegate void VelocityGradient<T>(ReadOnlySpan<T> velocities, Span<T> lossGradients);
