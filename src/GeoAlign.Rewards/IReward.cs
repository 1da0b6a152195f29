using System.Collections.Immutable;

namespace GeoAlign.Rewards;

/// <summary>Scores generated videos in one or several named dimensions. Dimensions are never summed: each is normalised on its own.</summary>
public interface IReward
{
    /// <summary>The dimensions, in the order of the scores.</summary>
    ImmutableArray<RewardDimension> Dimensions { get; }

    /// <summary>Scores rollouts, usually those of one group; a reward may batch them.</summary>
    /// <returns>For each rollout, in order, one score per dimension. What could not be scored is missing with a reason.</returns>
    /// <remarks>Larger is better. Throws for wrong use (a rollout without what the reward needs); one bad video is a missing score, not an exception.</remarks>
    ValueTask<IReadOnlyList<ImmutableArray<RewardScore>>> ScoreAsync(IReadOnlyList<VideoRollout> rollouts, CancellationToken cancellationToken = default);
}
