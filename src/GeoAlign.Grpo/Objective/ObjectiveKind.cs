namespace GeoAlign.Grpo;

/// <summary>How the importance ratio ρ and the advantage A make the loss of one step.</summary>
public enum ObjectiveKind
{
    /// <summary>max(−A·ρ, −A·clamp(ρ, 1 − ε_low, 1 + ε_high)): PPO's clipped objective, used by Flow-GRPO, DanceGRPO, MixGRPO and Geo-Align.</summary>
    Clipped,

    /// <summary>−A·ρ (LongCat-Video's algorithm box).</summary>
    Unclipped,

    /// <summary>GRPO-Guard (arXiv 2510.22319): the ratio without its negative mean and with a spread that does not depend on the step, clipped, divided by h.
    /// Its clip range is much smaller than the plain one (2·10⁻⁶). The 1/h evens the steps out already: combine it with <see cref="StepWeighting.None"/>.</summary>
    Guard,

    /// <summary>Flow-DPPO (arXiv 2606.11025): no clip; a sample is dropped once its transition has moved by more than δ of KL in the direction it was pulled.</summary>
    Dppo,
}
