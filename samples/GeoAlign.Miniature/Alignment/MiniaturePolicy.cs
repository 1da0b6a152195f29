using GeoAlign.Grpo;
using GeoAlign.Models;

namespace GeoAlign.Miniature;

/// <summary>The network's policy, seen through the conditions of this world.</summary>
internal sealed class MiniaturePolicy(IPolicy<RedirectorCondition, float> policy) : IPolicy<MiniatureCondition, float>
{
    public int LatentSize(MiniatureCondition condition) => policy.LatentSize(condition.Prepared);

    public void PredictVelocity(MiniatureCondition condition, double sigma, int count, ReadOnlySpan<float> latents, Span<float> velocities) =>
        policy.PredictVelocity(condition.Prepared, sigma, count, latents, velocities);

    public void Backpropagate(MiniatureCondition condition, double sigma, int count, ReadOnlySpan<float> latents, VelocityGradient<float> lossGradient) =>
        policy.Backpropagate(condition.Prepared, sigma, count, latents, lossGradient);
}
