namespace GeoAlign.Miniature;

/// <summary>Settings of the estimators' training. The defaults make the files that the sample ships.</summary>
internal sealed record EstimatorTrainingOptions
{
    /// <summary>Room that the estimators know.</summary>
    public ulong RoomSeed { get; init; } = 1;

    /// <summary>Seed of weights, frames and damage.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Clips in the pool; each gives six frames.</summary>
    public int Clips { get; init; } = 10_000;

    /// <summary>Clips of the validation set, from starts and paths of their own.</summary>
    public int ValidationClips { get; init; } = 400;

    /// <summary>Length and rates; null: those of the shipped files.</summary>
    public EstimatorSchedule? Schedule { get; init; }
}
