namespace GeoAlign.Grpo;

/// <summary>How groups of rollouts are drawn.</summary>
public sealed record RolloutOptions
{
    /// <summary>Rollouts per condition, G. 12 in Geo-Align.</summary>
    public int GroupSize { get; init; } = 12;

    /// <summary>All members of a group start from the same noise (MixGRPO: better rewards in its ablation; DanceGRPO, LongCat-Video).</summary>
    public bool ShareInitialNoise { get; init; } = true;

    /// <summary>
    /// With shared noise, compute the deterministic steps before the window and the velocity of the first stochastic step once for the group. The numbers
    /// are those of the long way, to rounding of the network; off only to compare. Ours.
    /// </summary>
    public bool SharePrefix { get; init; } = true;

    /// <summary>
    /// Latents per call of the policy; null is the whole group at once. 1, as in MixGRPO and DanceGRPO, keeps memory small and gives rollout and replay the same
    /// tensor shapes; small networks run faster with more.
    /// </summary>
    public int? BatchSize { get; init; } = 1;

    /// <summary>What is wrong with these settings; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (GroupSize < 2) yield return $"Rollout.{nameof(GroupSize)} is {GroupSize}, must be ≥ 2: one rollout has nothing to be compared with";
        if (GroupSize > 4096) yield return $"Rollout.{nameof(GroupSize)} is {GroupSize}, must be ≤ 4096";
        if (BatchSize is int batch && batch < 1) yield return $"Rollout.{nameof(BatchSize)} is {batch}, must be ≥ 1 or absent";
    }
}
