using System.Globalization;

namespace GeoAlign.Models;

/// <summary>How a network acts as a policy.</summary>
public sealed record FlowPolicyOptions
{
    /// <summary>
    /// Guidance s: v = v⁻ + s (v⁺ − v⁻), v⁻ under the negative prompt. 1 (default) uses the prompt alone at half the cost; ReDirector
    /// samples with 5. Geo-Align does not say what it trains with; the value holds for rollouts and gradients alike.
    /// </summary>
    public double GuidanceScale { get; init; } = 1;

    /// <summary>
    /// Whether the timestep is rounded to bfloat16 before it enters the network, as the released bf16 pipelines do. The
    /// solver's σ is not touched.
    /// </summary>
    /// <remarks>
    /// Their scheduler works in float32, the solver here in double. At their shift of 5 every timestep of up to 100 steps rounds alike; at
    /// others one that lies half way between two bfloat16 numbers (750 at shift 3 and 50 steps) may not. A solver that is given the levels of
    /// <see cref="FlowMatchSchedule"/> agrees everywhere.
    /// </remarks>
    public bool RoundTimestepToBFloat16 { get; init; }

    /// <summary>Which weights are trained. The self-attention layers by default, as Geo-Align does.</summary>
    public WeightSelection Selection { get; init; } = WeightSelection.SelfAttention();

    /// <summary>
    /// Whether the backward pass runs every block again instead of keeping its activations: memory for one block input per block in
    /// exchange for a third more time. Off by default; networks of the released size need it.
    /// </summary>
    public bool RecomputeActivations { get; init; }

    /// <summary>
    /// Whether a moving average of the trained weights is kept, in float32, for <c>GrpoOptions.Ema</c>. Off by default: it takes as much memory as the
    /// trained weights, and Geo-Align does not mention one.
    /// </summary>
    public bool KeepAverage { get; init; }

    /// <summary>The optimiser.</summary>
    public AdamWOptions Optimizer { get; init; } = new();

    /// <summary>Low-rank additions that are trained instead of selected weights, or null.</summary>
    public LoraOptions? Lora { get; init; }

    /// <summary>Name of the weight file, without extension.</summary>
    internal string FileStem => WeightSelection.IsSelfAttention(Selection) ? "self_attention" : "trained";

    /// <summary>Throws if a setting is impossible.</summary>
    public FlowPolicyOptions Validated()
    {
        if (!double.IsFinite(GuidanceScale))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{nameof(FlowPolicyOptions)}: {nameof(GuidanceScale)} is {GuidanceScale}, must be finite."));
        Optimizer.Validated();
        Lora?.Validated();
        return this;
    }
}
