using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>A flow-matching model as this package sees it: it predicts velocities and takes back their gradients.</summary>
/// <remarks>
/// The GRPO loss depends on the weights only through the velocity, and its derivative with respect to the velocity is closed-form,
/// so two calls are enough and no tensor library appears here. Latents are flat, row-major, <see cref="LatentSize"/> elements each.
/// Velocity is <c>v = dx/dσ = noise − data</c>; σ in [0, 1], 1 = noise.
/// </remarks>
/// <typeparam name="TCondition">What a rollout is conditioned on: source video, prompt, camera paths.</typeparam>
/// <typeparam name="T">Element type of latents: float for networks, double for analytic policies in tests.</typeparam>
public interface IPolicy<in TCondition, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements of one latent under this condition.</summary>
    int LatentSize(TCondition condition);

    /// <summary>Predicts the velocity of <paramref name="count"/> latents at one noise level, without keeping anything for gradients.</summary>
    /// <param name="condition">Shared by all latents of the call.</param>
    /// <param name="sigma">Noise level σ in [0, 1].</param>
    /// <param name="count">Number of latents.</param>
    /// <param name="latents"><c>count × LatentSize</c> elements.</param>
    /// <param name="velocities">Receives <c>count × LatentSize</c> elements.</param>
    void PredictVelocity(TCondition condition, double sigma, int count, ReadOnlySpan<T> latents, Span<T> velocities);

    /// <summary>
    /// Predicts the same velocities again with gradients, asks <paramref name="lossGradient"/> for d(loss)/dv, and adds the
    /// resulting d(loss)/d(weights) to the gradients of the trainable weights: one forward and one backward pass.
    /// </summary>
    /// <remarks>
    /// <paramref name="lossGradient"/> is called exactly once. Where it leaves all zeros (clipped samples) the backward pass may be skipped. It may throw to
    /// stop the run; the exception must pass through.
    /// </remarks>
    void Backpropagate(TCondition condition, double sigma, int count, ReadOnlySpan<T> latents, VelocityGradient<T> lossGradient);
}
