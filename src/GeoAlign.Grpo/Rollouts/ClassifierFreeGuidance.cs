using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>
/// A policy under classifier-free guidance, <c>v = v_u + w·(v_c − v_u)</c>, in rollout and replay alike: guidance in only one of them makes the importance
/// ratio meaningless. Both branches get gradients.
/// </summary>
/// <remarks>
/// A rollout costs two forward passes per latent, a replay two forward and backward passes and one more forward, because the gradient of one branch needs the
/// velocity of the other. Training without guidance halves the cost and distils guidance into the weights (Flow-GRPO).
/// </remarks>
/// <typeparam name="TCondition">What rollouts are conditioned on.</typeparam>
/// <typeparam name="T">Element type of latents.</typeparam>
/// <param name="policy">The policy.</param>
/// <param name="scale">w; 1 is no guidance.</param>
/// <param name="unconditional">The condition of the unconditional branch: an empty or negative prompt, the rest as it was.</param>
public sealed class ClassifierFreeGuidance<TCondition, T>(IPolicy<TCondition, T> policy, double scale, Func<TCondition, TCondition> unconditional)
    : IPolicy<TCondition, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public int LatentSize(TCondition condition) => policy.LatentSize(condition);

    /// <inheritdoc/>
    public void PredictVelocity(TCondition condition, double sigma, int count, ReadOnlySpan<T> latents, Span<T> velocities)
    {
        T[] plain = new T[velocities.Length];
        policy.PredictVelocity(unconditional(condition), sigma, count, latents, plain);
        policy.PredictVelocity(condition, sigma, count, latents, velocities);
        Mix(plain, velocities, velocities);
    }

    /// <inheritdoc/>
    public void Backpropagate(TCondition condition, double sigma, int count, ReadOnlySpan<T> latents, VelocityGradient<T> lossGradient)
    {
        TCondition other = unconditional(condition);
        T[] plain = new T[latents.Length], gradient = new T[latents.Length];
        policy.PredictVelocity(other, sigma, count, latents, plain);
        policy.Backpropagate(condition, sigma, count, latents, (velocities, gradients) =>
        {
            T[] guided = new T[velocities.Length];
            Mix(plain, velocities, guided);
            lossGradient(guided, gradient);
            Scale(gradient, scale, gradients);                      // ∂v/∂v_c = w
        });
        policy.Backpropagate(other, sigma, count, latents, (_, gradients) => Scale(gradient, 1 - scale, gradients));      // ∂v/∂v_u = 1 − w
    }

    private void Mix(ReadOnlySpan<T> plain, ReadOnlySpan<T> conditional, Span<T> guided)
    {
        for (int i = 0; i < guided.Length; i++)
        {
            double u = double.CreateTruncating(plain[i]);
            guided[i] = T.CreateTruncating(u + scale * (double.CreateTruncating(conditional[i]) - u));
        }
    }

    private static void Scale(ReadOnlySpan<T> values, double factor, Span<T> scaled)
    {
        for (int i = 0; i < scaled.Length; i++) scaled[i] = T.CreateTruncating(factor * double.CreateTruncating(values[i]));
    }
}
