namespace GeoAlign.Grpo;

/// <summary>Factor of each step's loss that evens out how strongly steps of different noise pull on the network.</summary>
/// <remarks>At ρ = 1 a step's gradient with respect to v has the size c = −B/S per unit of noise; the weights are its inverse or stand in for it.</remarks>
public enum StepWeighting
{
    /// <summary>1.</summary>
    None,

    /// <summary>LongCat-Video's published weight √(σ / (h·(1 − σ))), with 1 − σ taken at σ_1 near σ = 1 (the report gives no guard; GenRL uses this one).
    /// It inverts c up to a constant only where the noise is not truncated.</summary>
    LongCat,

    /// <summary>S / (−B) = 1/c with the noise actually used: every step pulls equally.</summary>
    Exact,

    /// <summary>S / h (GRPO-Guard's weight without its ratio).</summary>
    Guard,

    /// <summary>S divided by its mean over all stochastic steps of the schedule (TempFlow-GRPO, arXiv 2508.04324; the set averaged over is ours).</summary>
    TempFlow,

    /// <summary>1/c divided by its mean over all stochastic steps of the schedule (Flash-GRPO, arXiv 2605.15980; the set averaged over is ours).</summary>
    Flash,
}
