namespace GeoAlign.Reporting;

/// <summary>How videos are put into the page.</summary>
public enum VideoEncoding
{
    /// <summary>Strips for small videos, MP4 for large ones.</summary>
    Automatic,

    /// <summary>All frames in one lossless PNG: exact pixels, exactly in step.</summary>
    Strip,

    /// <summary>H.264 in MP4: small files; needs ffmpeg.</summary>
    Mp4,
}
