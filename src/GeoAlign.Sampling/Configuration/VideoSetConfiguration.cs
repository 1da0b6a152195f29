namespace GeoAlign.Sampling;

/// <summary>A collection of condition videos in a <see cref="DataConfiguration"/>.</summary>
public sealed record VideoSetConfiguration
{
    /// <summary>What kind of collection it is.</summary>
    public required VideoSetKind Kind { get; init; }

    /// <summary>The file or folder: videos (folder, sekai), root of the data set (davis, multicam).</summary>
    public required string Path { get; init; }

    /// <summary>The list: CSV of clips (sekai, needed), list of sequences (davis, optional).</summary>
    public string? List { get; set; }

    /// <summary>Rate of frames without one of their own (davis, needed).</summary>
    public string? FrameRate { get; set; }

    /// <summary>Folder below JPEGImages (davis). Default 480p.</summary>
    public string Resolution { get; set; } = "480p";
}
