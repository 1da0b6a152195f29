using GeoAlign.Grpo;
using GeoAlign.Models;

namespace GeoAlign.Train;

/// <summary>The network's policy, seen through this program's conditions.</summary>
internal sealed class ConditionedPolicy(IPolicy<RedirectorCondition, float> policy) : IPolicy<TrainingCondition, float>
{
    /// <summary>What the network was last used for; says where a run was when memory ran out.</summary>
    public WorkStage Stage { get; private set; } = WorkStage.Rollout;

    /// <summary>Work of a trainer, out of reach of the stages: memory that runs out in it is reported with the stage the network was in.</summary>
    public async Task<T> ExplainAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (Exception error) when (StageMemoryException.IsCause(error))
        {
            throw new StageMemoryException(Stage, error);
        }
    }

    public int LatentSize(TrainingCondition condition) => policy.LatentSize(condition.Network);

    public void PredictVelocity(TrainingCondition condition, double sigma, int count, ReadOnlySpan<float> latents, Span<float> velocities)
    {
        Stage = WorkStage.Rollout;
        policy.PredictVelocity(condition.Network, sigma, count, latents, velocities);
    }

    public void Backpropagate(TrainingCondition condition, double sigma, int count, ReadOnlySpan<float> latents, VelocityGradient<float> lossGradient)
    {
        Stage = WorkStage.Update;
        policy.Backpropagate(condition.Network, sigma, count, latents, lossGradient);
    }
}
