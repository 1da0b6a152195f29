namespace GeoAlign.Grpo;

/// <summary>Turns generated latents into rewards: decodes them, shows them to reward models, or computes directly.</summary>
/// <typeparam name="TCondition">What rollouts are conditioned on.</typeparam>
public interface IRolloutScorer<TCondition>
{
    /// <summary>Scores one group. Called for one group at a time; with overlap on another thread than the policy.</summary>
    /// <param name="group">The rollouts; <see cref="Rollout{T}.Final"/> is the generated latent.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>A table of one group with one row per member. A reward that failed is missing with a reason, never a number.</returns>
    Task<RewardTable> ScoreAsync(RolloutGroup<TCondition, float> group, CancellationToken stop);
}
