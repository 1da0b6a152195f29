namespace GeoAlign.Miniature;

/// <summary>How condition clips are stored.</summary>
internal enum ClipFormat
{
    /// <summary>A folder of PNG files per clip: lossless.</summary>
    PngFrames,

    /// <summary>H.264 in MP4 per clip: plays everywhere, a little lossy.</summary>
    Mp4,
}
