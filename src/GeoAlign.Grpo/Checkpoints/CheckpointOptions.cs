namespace GeoAlign.Grpo;

/// <summary>How checkpoints are kept. Ours throughout.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Newest checkpoints to keep. More than one, so that a damaged one costs only a few iterations.</summary>
    public int KeepNewest { get; init; } = 3;

    /// <summary>Checkpoints of iterations divisible by this are kept forever; null keeps none forever.</summary>
    public int? KeepEvery { get; init; }

    /// <summary>Resume although settings that change the result have changed since the checkpoint.</summary>
    public bool AllowChangedSettings { get; init; }

    /// <summary>Whether this process writes. In a run of several processes one does, all restore.</summary>
    public bool Writes { get; init; } = true;
}
