namespace GeoAlign.Grpo;

/// <summary>Settings of the policy loss. Geo-Align: clipped, LongCat-Video's step weight, no KL.</summary>
public sealed record ObjectiveOptions
{
    /// <summary>How ρ and A make the loss.</summary>
    public ObjectiveKind Kind { get; init; } = ObjectiveKind.Clipped;

    /// <summary>ε_low: the ratio of a punished rollout is followed down to 1 − ε_low. The paper does not give it; 10⁻⁴ is MixGRPO's.</summary>
    public double ClipLow { get; init; } = 1e-4;

    /// <summary>ε_high: the ratio of a rewarded rollout is followed up to 1 + ε_high. 10⁻⁴ is MixGRPO's.</summary>
    public double ClipHigh { get; init; } = 1e-4;

    /// <summary>δ of <see cref="ObjectiveKind.Dppo"/>: 10⁻⁵ in UniRL.</summary>
    public double DppoThreshold { get; init; } = 1e-5;

    /// <summary>How log densities are reduced. Clip ranges belong to the mean over elements.</summary>
    public LogProbKind LogProb { get; init; } = LogProbKind.Mean;

    /// <summary>w_t. The paper names LongCat-Video's; with noise truncated by MaxStd prefer <see cref="StepWeighting.Exact"/>.</summary>
    public StepWeighting StepWeight { get; init; } = StepWeighting.LongCat;

    /// <summary>
    /// In the first update after a rollout the old log density is set to the new one, so that ρ is exactly 1 whatever the numerical noise between rollout
    /// and replay is. Off by default: then that noise is seen, and stops the run when it is larger than the allowed deviation. Ours.
    /// </summary>
    public bool PinFirstUpdate { get; init; }

    /// <summary>β of the KL penalty to the reference policy; 0 (Geo-Align, MixGRPO, DanceGRPO) needs no reference. 3·10⁻⁴ in LongCat-Video.</summary>
    public double KlWeight { get; init; }

    /// <summary>The KL penalty of a step is multiplied by the square of its step weight (LongCat-Video's λ_KL = λ²).</summary>
    public bool ReweightKl { get; init; } = true;

    /// <summary>Whether v of the rollout must be stored with each trained step.</summary>
    public bool NeedsOldVelocity => Kind is ObjectiveKind.Guard or ObjectiveKind.Dppo;

    /// <summary>What is wrong with these settings; empty when nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        bool clips = Kind is ObjectiveKind.Clipped or ObjectiveKind.Guard;
        if (clips && !(ClipLow is > 0 and < 1)) yield return $"Objective.{nameof(ClipLow)} is {ClipLow}, must be in (0, 1)";
        if (clips && !(ClipHigh > 0 && double.IsFinite(ClipHigh))) yield return $"Objective.{nameof(ClipHigh)} is {ClipHigh}, must be > 0";
        if (Kind == ObjectiveKind.Dppo && !(DppoThreshold > 0)) yield return $"Objective.{nameof(DppoThreshold)} is {DppoThreshold}, must be > 0";
        if (!(KlWeight >= 0 && double.IsFinite(KlWeight))) yield return $"Objective.{nameof(KlWeight)} is {KlWeight}, must be ≥ 0";
        if (!Enum.IsDefined(Kind)) yield return $"Objective.{nameof(Kind)} is {Kind}, which does not exist";
        if (!Enum.IsDefined(StepWeight)) yield return $"Objective.{nameof(StepWeight)} is {StepWeight}, which does not exist";
        if (!Enum.IsDefined(LogProb)) yield return $"Objective.{nameof(LogProb)} is {LogProb}, which does not exist";
    }
}
