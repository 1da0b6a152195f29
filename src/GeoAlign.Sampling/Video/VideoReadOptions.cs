namespace GeoAlign.Sampling;

/// <summary>How a video is read into a clip.</summary>
public sealed record VideoReadOptions
{
    /// <summary>Size of the clip: scaled to cover it, cropped around the centre. Null keeps the video's own size.</summary>
    public FrameSize? Size { get; init; }

    /// <summary>Which frames.</summary>
    public FrameSelection Frames { get; init; } = FrameSelection.All;

    /// <summary>Rate of a folder of frames, which has none of its own; not used for a file. There is no default.</summary>
    public FrameRate? FolderFrameRate { get; init; }
}
