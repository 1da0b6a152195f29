namespace GeoAlign.Grpo;

/// <summary>What a trainer works with.</summary>
/// <typeparam name="TCondition">What rollouts are conditioned on.</typeparam>
public sealed record TrainerParts<TCondition>
{
    /// <summary>The model that is trained.</summary>
    public required IPolicy<TCondition, float> Policy { get; init; }

    /// <summary>Its trainable weights.</summary>
    public required IPolicyOptimizer Optimizer { get; init; }

    /// <summary>Where conditions come from.</summary>
    public required IConditionSource<TCondition> Data { get; init; }

    /// <summary>Who scores rollouts.</summary>
    public required IRolloutScorer<TCondition> Scorer { get; init; }

    /// <summary>The frozen start, for a KL penalty; null without one.</summary>
    public IPolicy<TCondition, float>? Reference { get; init; }

    /// <summary>Where checkpoints are kept; null keeps none.</summary>
    public ICheckpointStore? Checkpoints { get; init; }

    /// <summary>Where reports are kept; null keeps none.</summary>
    public IIterationLog? Log { get; init; }

    /// <summary>Who may end the run or take it back; null for nobody. Needs <see cref="Checkpoints"/>.</summary>
    public ITrainingGuard? Guard { get; init; }

    /// <summary>Who watches; null for nobody.</summary>
    public ITrainingObserver<TCondition>? Observer { get; init; }

    /// <summary>Other processes of the run; null for one process.</summary>
    public IRankReduction? Ranks { get; init; }

    /// <summary>Source of noise; null is the counter-based generator with the seed of the options.</summary>
    public ILatentNoise<float>? Noise { get; init; }
}
