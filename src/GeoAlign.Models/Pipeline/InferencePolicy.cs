using GeoAlign.Grpo;

namespace GeoAlign.Models;

/// <summary>A network that only generates, as the solver sees it.</summary>
/// <param name="velocity">Velocities with guidance.</param>
/// <param name="predicted">Told after every prediction.</param>
internal sealed class InferencePolicy(FlowVelocity velocity, Action predicted) : IPolicy<FlowCondition, float>
{
    public int LatentSize(FlowCondition condition) => condition.Shape.Count;

    public void PredictVelocity(FlowCondition condition, double sigma, int count, ReadOnlySpan<float> latents, Span<float> velocities)
    {
        velocity.Predict(condition, sigma, count, latents, velocities);
        predicted();
    }

    public void Backpropagate(FlowCondition condition, double sigma, int count, ReadOnlySpan<float> latents, VelocityGradient<float> lossGradient) =>
        throw new NotSupportedException($"A pipeline only generates; {nameof(FlowPolicy)} trains.");
}
