namespace GeoAlign.Miniature;

/// <summary>How often each kind of damage happens (share of the frames) and its largest amount; picture values are in [−1, 1].</summary>
internal sealed record FrameCorruptionOptions
{
    /// <summary>Share of frames mixed with a neighbour.</summary>
    public double GhostShare { get; init; } = 0.55;

    /// <summary>Share of frames mixed with their blurred form.</summary>
    public double BlurShare { get; init; } = 0.6;

    /// <summary>Share of frames whose 4×4 blocks are displaced.</summary>
    public double WarpShare { get; init; } = 0.3;

    /// <summary>Largest standard deviation of the displacement, pixels.</summary>
    public double WarpPixels { get; init; } = 0.4;

    /// <summary>Share of frames with coloured clouds of four cells a side.</summary>
    public double CloudShare { get; init; } = 0.5;

    /// <summary>Largest standard deviation of the clouds.</summary>
    public double CloudNoise { get; init; } = 0.2;

    /// <summary>Share of frames whose 4×4 blocks have colours of their own.</summary>
    public double BlockShare { get; init; } = 0.3;

    /// <summary>Largest standard deviation of the blocks.</summary>
    public double BlockNoise { get; init; } = 0.08;

    /// <summary>Largest deviation of gain and offset, per channel.</summary>
    public double Gain { get; init; } = 0.05;

    /// <summary>Share of frames with white noise.</summary>
    public double WhiteShare { get; init; } = 0.8;

    /// <summary>Largest standard deviation of the white noise.</summary>
    public double WhiteNoise { get; init; } = 0.15;

    /// <summary>Nothing happens.</summary>
    public static FrameCorruptionOptions None { get; } = new() { GhostShare = 0, BlurShare = 0, WarpShare = 0, CloudShare = 0, BlockShare = 0, Gain = 0, WhiteShare = 0 };

    /// <summary>Always ghosts, blur and patches that do not fit, no white noise: what samples of few steps look like.</summary>
    public static FrameCorruptionOptions Generated { get; } = new()
    {
        GhostShare = 1, BlurShare = 1, WarpShare = 1, WarpPixels = 0.3, CloudShare = 1, CloudNoise = 0.1, BlockShare = 1, WhiteShare = 0,
    };
}
