namespace GeoAlign.Grpo;

/// <summary>How rollouts and advantages become weight updates.</summary>
public sealed record UpdateOptions
{
    /// <summary>
    /// Optimiser updates per iteration; members of each group are dealt to them in order. The paper does not give it. 1 (ours) is on-policy and computes the
    /// state that a group shares once; MixGRPO takes 4, Flow-GRPO 2.
    /// </summary>
    public int UpdatesPerIteration { get; init; } = 1;

    /// <summary>Latents per forward and backward pass; null is the whole group. It never changes the loss, only memory and speed; see <see cref="RolloutOptions.BatchSize"/>.</summary>
    public int? BatchSize { get; init; } = 1;

    /// <summary>Where all members are in the same state, sum their gradients with respect to the velocity and go backward once. Exact; off only to compare. Ours.</summary>
    public bool ShareStateGradient { get; init; } = true;

    /// <summary>No forward and backward pass for members whose advantage is zero (without a KL penalty they pull nowhere). Exact; off only to compare.</summary>
    public bool SkipZeroAdvantages { get; init; } = true;

    /// <summary>Gradients are scaled down to this L2 norm: min(1, c / (norm + 10⁻⁶)). 1 in MixGRPO, DanceGRPO and Flow-GRPO; null never scales.</summary>
    public double? MaxGradientNorm { get; init; } = 1;

    /// <summary>
    /// Largest |ρ − 1| allowed before the first update of an iteration, when the weights are still those of the rollout. Larger means that rollout and
    /// replay disagree, and the run stops. 10⁻⁶ is ours, for float32; networks in bfloat16 deviate by 10⁻⁵ to 10⁻³ (verl-omni's public reports).
    /// </summary>
    public double RatioTolerance { get; init; } = 1e-6;

    /// <summary>Train only the best and worst rollouts of each group, this many together (DanceGRPO: 8 of 24); null trains all.</summary>
    public int? KeepBestAndWorst { get; init; }

    /// <summary>What is wrong with these settings; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (UpdatesPerIteration < 1) yield return $"Update.{nameof(UpdatesPerIteration)} is {UpdatesPerIteration}, must be ≥ 1";
        if (BatchSize is int batch && batch < 1) yield return $"Update.{nameof(BatchSize)} is {batch}, must be ≥ 1 or absent";
        if (MaxGradientNorm is double norm && !(norm > 0)) yield return $"Update.{nameof(MaxGradientNorm)} is {norm}, must be > 0 or absent";
        if (!(RatioTolerance > 0)) yield return $"Update.{nameof(RatioTolerance)} is {RatioTolerance}, must be > 0";
        if (KeepBestAndWorst is int keep && keep < 2) yield return $"Update.{nameof(KeepBestAndWorst)} is {keep}, must be ≥ 2 or absent";
    }
}
