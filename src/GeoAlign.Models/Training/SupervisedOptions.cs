using System.Globalization;
using GeoAlign.Grpo;

namespace GeoAlign.Models;

/// <summary>Settings of supervised flow-matching training. Defaults are those of ReDirector's training where it has them.</summary>
public sealed record SupervisedOptions
{
    /// <summary>Which weights are trained. The self-attention layers with their camera phases by default.</summary>
    public WeightSelection Selection { get; init; } = WeightSelection.SelfAttention();

    /// <summary>Low-rank additions that are trained instead of selected weights, or null.</summary>
    public LoraOptions? Lora { get; init; }

    /// <summary>Learning rates. Constant 1e-4 by default.</summary>
    public CosineLearningRate LearningRate { get; init; } = new();

    /// <summary>The optimiser.</summary>
    public AdamWOptions Optimizer { get; init; } = new();

    /// <summary>Largest L2 norm of the gradient; a longer one is scaled down. Null for no limit, as in ReDirector's training.</summary>
    public double? MaximumGradientNorm { get; init; }

    /// <summary>Timestep shift of the table of noise levels.</summary>
    public double Shift { get; init; } = 5;

    /// <summary>Number of noise levels in the table.</summary>
    public int Levels { get; init; } = 1000;

    /// <summary>Levels are drawn from this share of the table on; 0 is pure noise.</summary>
    public double FirstLevelShare { get; init; }

    /// <summary>Levels are drawn up to this share of the table; 1 is its end at the data.</summary>
    public double LastLevelShare { get; init; } = 1;

    /// <summary>Weighting of the loss over noise levels.</summary>
    public LossWeighting Weighting { get; init; } = LossWeighting.Table;

    /// <summary>Whether timesteps are rounded to bfloat16, as in the released training; see <see cref="FlowMatchingTable.At"/>.</summary>
    public bool RoundTimestepToBFloat16 { get; init; } = true;

    /// <summary>Samples that pass through the network together; the gradients of an update's passes add up.</summary>
    public int SamplesPerPass { get; init; } = 1;

    /// <summary>Whether the backward pass runs every block again instead of keeping its activations.</summary>
    public bool RecomputeActivations { get; init; }

    /// <summary>Moving average of the trained weights, or null for none.</summary>
    public EmaOptions? Ema { get; init; }

    /// <summary>Seed of noise levels and noise: each is a function of seed, update and sample alone.</summary>
    public ulong Seed { get; init; }

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public SupervisedOptions Validated()
    {
        List<string> errors = [];
        if (MaximumGradientNorm is double limit && !(limit > 0)) errors.Add(Text($"{nameof(MaximumGradientNorm)} is {limit}, must be positive"));
        if (!(Shift > 0 && double.IsFinite(Shift))) errors.Add(Text($"{nameof(Shift)} is {Shift}, must be positive"));
        if (Levels < 2) errors.Add(Text($"{nameof(Levels)} is {Levels}, must be ≥ 2"));
        if (!(FirstLevelShare >= 0 && FirstLevelShare < LastLevelShare && LastLevelShare <= 1))
            errors.Add(Text($"levels from {FirstLevelShare} to {LastLevelShare}, must ascend within [0, 1]"));
        if (SamplesPerPass < 1) errors.Add(Text($"{nameof(SamplesPerPass)} is {SamplesPerPass}, must be ≥ 1"));
        if (!Enum.IsDefined(Weighting)) errors.Add(Text($"{nameof(Weighting)} is {Weighting}"));
        errors.AddRange(Ema?.Problems() ?? []);
        if (errors.Count > 0) throw new ArgumentException($"{nameof(SupervisedOptions)}: {string.Join("; ", errors)}.");
        LearningRate.Validated();
        Optimizer.Validated();
        Lora?.Validated();
        return this;

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
