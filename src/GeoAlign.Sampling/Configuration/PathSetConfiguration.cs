namespace GeoAlign.Sampling;

/// <summary>A source of target paths in a <see cref="DataConfiguration"/>.</summary>
public sealed record PathSetConfiguration
{
    /// <summary>What kind of source it is.</summary>
    public required PathSetKind Kind { get; init; }

    /// <summary>File or folder (omniWorld, reCamMaster, files; needed).</summary>
    public string? Path { get; set; }

    /// <summary>Cameras of the file (reCamMaster); empty takes all.</summary>
    public IReadOnlyList<string> Cameras { get; set; } = [];

    /// <summary>Moves by number or name (presets); empty takes all ten.</summary>
    public IReadOnlyList<string> Moves { get; set; } = [];

    /// <summary>Speeds of the moves (presets); empty takes 1.</summary>
    public IReadOnlyList<double> Speeds { get; set; } = [];

    /// <summary>Every how many-th frame of the recording is taken (omniWorld). Default 1.</summary>
    public int FrameStride { get; set; } = 1;

    /// <summary>Settings of made-up walks (spline).</summary>
    public SplineConfiguration Spline { get; set; } = new();

    /// <summary>How often this source is drawn beside the others. Default 1.</summary>
    public double Weight { get; set; } = 1;
}
