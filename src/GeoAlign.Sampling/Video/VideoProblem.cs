namespace GeoAlign.Sampling;

/// <summary>What kind of trouble a <see cref="VideoException"/> reports.</summary>
public enum VideoProblem
{
    /// <summary>None of the other kinds.</summary>
    Other,

    /// <summary>There is no such file or folder.</summary>
    Missing,

    /// <summary>The file or folder may not be read by this user.</summary>
    NoPermission,

    /// <summary>A file of zero bytes, or a folder without frames.</summary>
    Empty,

    /// <summary>The content is no video that ffmpeg knows, whatever the name says.</summary>
    NotAVideo,

    /// <summary>The file holds sound, subtitles or a cover picture, but no video.</summary>
    NoVideoStream,

    /// <summary>The video is whole, but of a kind that is refused: mirrored, without a frame rate, pictures of different sizes.</summary>
    Unsupported,

    /// <summary>Frames are damaged, or the file is cut off.</summary>
    Damaged,

    /// <summary>Fewer frames than were asked for.</summary>
    TooShort,
}
