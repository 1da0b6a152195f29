using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>The rollouts of one condition in one iteration. Immutable.</summary>
/// <typeparam name="TCondition">What the rollouts are conditioned on.</typeparam>
/// <typeparam name="T">Element type of latents.</typeparam>
public sealed class RolloutGroup<TCondition, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal RolloutGroup(TCondition condition, int iteration, int index, RolloutPlan plan, IReadOnlyList<Rollout<T>> members, bool sharesFirstState, long evaluations) =>
        (Condition, Iteration, Index, Plan, Members, SharesFirstState, NetworkEvaluations) = (condition, iteration, index, plan, members, sharesFirstState, evaluations);

    /// <summary>The condition.</summary>
    public TCondition Condition { get; }

    /// <summary>Iteration the group was drawn in.</summary>
    public int Iteration { get; }

    /// <summary>Index of the group, counted over all ranks.</summary>
    public int Index { get; }

    /// <summary>The solver steps used.</summary>
    public RolloutPlan Plan { get; }

    /// <summary>The rollouts.</summary>
    public IReadOnlyList<Rollout<T>> Members { get; }

    /// <summary>Whether all members are in the same state when the window begins, because they started from the same noise.</summary>
    public bool SharesFirstState { get; }

    /// <summary>Velocities predicted to draw the group, one per latent.</summary>
    public long NetworkEvaluations { get; }
}
