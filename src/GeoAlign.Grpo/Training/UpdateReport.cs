namespace GeoAlign.Grpo;

/// <summary>What one optimiser update saw and did. Ratios are measured over the (member, step) pairs that were trained, on this rank.</summary>
public sealed record UpdateReport
{
    /// <summary>Loss of the update on this rank.</summary>
    public required double Loss { get; init; }

    /// <summary>(member, step) pairs evaluated on this rank.</summary>
    public required int Samples { get; init; }

    /// <summary>Mean of the importance ratio ρ; null when nothing was evaluated.</summary>
    public double? RatioMean { get; init; }

    /// <summary>Population standard deviation of ρ.</summary>
    public double? RatioStd { get; init; }

    /// <summary>Smallest ρ.</summary>
    public double? RatioMin { get; init; }

    /// <summary>Largest ρ.</summary>
    public double? RatioMax { get; init; }

    /// <summary>The ratios step by step, in the order of the solver.</summary>
    public IReadOnlyList<StepRatio> Steps { get; init; } = [];

    /// <summary>Largest |exp(Δ log density) − 1|, measured even where the ratio is pinned. In the first update it shows how well rollout and replay agree.</summary>
    public double MaxRatioDeviation { get; init; }

    /// <summary>Mean of |Δ log density| between replay and rollout.</summary>
    public double? MeanLogProbChange { get; init; }

    /// <summary>Share of samples with ρ above the clip range.</summary>
    public double ClippedHigh { get; init; }

    /// <summary>Share of samples with ρ below the clip range.</summary>
    public double ClippedLow { get; init; }

    /// <summary>Mean KL to the reference policy per element; null without a penalty.</summary>
    public double? Kl { get; init; }

    /// <summary>L2 norm of the gradient before scaling.</summary>
    public double GradientNorm { get; init; }

    /// <summary>Factor the gradient was scaled by; 1 when it was not.</summary>
    public double GradientScale { get; init; } = 1;

    /// <summary>Learning rate of the update.</summary>
    public double LearningRate { get; init; }

    /// <summary>Latents that went through a forward and a backward pass.</summary>
    public long TrainedStates { get; init; }

    /// <summary>Velocities predicted by the reference policy.</summary>
    public long ReferenceEvaluations { get; init; }
}
