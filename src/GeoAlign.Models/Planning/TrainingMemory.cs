namespace GeoAlign.Models;

/// <summary>What is trained, as far as memory is concerned.</summary>
public sealed record TrainingMemory
{
    /// <summary>Weights that are trained; ignored where low-rank additions are.</summary>
    public WeightSelection Selection { get; init; } = WeightSelection.SelfAttention();

    /// <summary>Low-rank additions that are trained instead, or null.</summary>
    public LoraOptions? Lora { get; init; }

    /// <summary>Whether the backward pass runs every block again instead of keeping its activations.</summary>
    public bool RecomputeActivations { get; init; } = true;

    /// <summary>Whether a moving average of the trained weights is kept.</summary>
    public bool KeepAverage { get; init; }
}
