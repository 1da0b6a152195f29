namespace GeoAlign.Sampling;

/// <summary>What is known of a video before it is decoded.</summary>
public sealed record VideoInfo
{
    /// <summary>The file, or the folder of frames.</summary>
    public required string Path { get; init; }

    /// <summary>Size of a frame as it is shown: rotated upright, square pixels.</summary>
    public required FrameSize Size { get; init; }

    /// <summary>Average frame rate; null for a folder of frames, which has none.</summary>
    public FrameRate? FrameRate { get; init; }

    /// <summary>Number of frames where that is certain (a folder); null for a file, whose container may be wrong about it.</summary>
    public int? FrameCount { get; init; }

    /// <summary>Quarter turns that bring the stored picture upright, clockwise degrees: 0, 90, 180 or 270.</summary>
    public int ClockwiseRotationDegrees { get; init; }
}
