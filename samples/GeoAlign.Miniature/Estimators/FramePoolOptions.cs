namespace GeoAlign.Miniature;

/// <summary>Which frames an estimator is trained on.</summary>
internal sealed record FramePoolOptions
{
    /// <summary>Clips; each gives <see cref="MiniatureWorld.PathPoses"/> frames, the first among them.</summary>
    public int Clips { get; init; } = 10_000;

    /// <summary>Set of the starts and paths.</summary>
    public MiniatureSet Set { get; init; } = MiniatureSet.Training;

    /// <summary>Number of the first case in its set.</summary>
    public int FirstCase { get; init; }

    /// <summary>Seed of the cases and of what is drawn here.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Largest share of a second view in a ghosted frame.</summary>
    public double LargestGhost { get; init; } = 0.6;
}
