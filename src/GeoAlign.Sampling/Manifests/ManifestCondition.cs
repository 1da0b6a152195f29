namespace GeoAlign.Sampling;

/// <summary>The condition clip of a manifest line.</summary>
public sealed record ManifestCondition
{
    /// <summary>Name of the video in its source.</summary>
    public required string Name { get; init; }

    /// <summary>Where it was.</summary>
    public required string Path { get; init; }

    /// <summary>Hash of its content (<see cref="ContentHash.OfAsync"/>).</summary>
    public required string VideoSha256 { get; init; }

    /// <summary>Hash of what the clip is (<see cref="ContentHash.OfClipAsync"/>).</summary>
    public required string ClipSha256 { get; init; }

    /// <summary>Frames of the video that became the clip, in order; one shown long in a video of variable rate may occur several times in a row.</summary>
    public required IReadOnlyList<int> SourceFrames { get; init; }

    /// <summary>Columns of the clip.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of the clip.</summary>
    public required int Height { get; init; }

    /// <summary>Rate of the clip as a fraction, such as "30000/1001".</summary>
    public required string FrameRate { get; init; }

    /// <summary>Number of the attempt that gave it.</summary>
    public required int Attempt { get; init; }

    /// <summary>The prompt; left out when it is missing.</summary>
    public string? Prompt { get; init; }

    /// <summary>Where the prompt was found, or why it is missing.</summary>
    public required string PromptOrigin { get; init; }

    /// <summary>Where the source camera path comes from.</summary>
    public required SourceCameraOrigin SourceCamera { get; init; }

    /// <summary>Estimator or file of the source camera path, or why it is missing.</summary>
    public required string SourceCameraDetail { get; init; }

    /// <summary>Videos that were drawn before and could not be used.</summary>
    public required IReadOnlyList<ClipRefusal> Refused { get; init; }
}
