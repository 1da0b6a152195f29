namespace GeoAlign.Sampling;

/// <summary>The layouts of condition videos that a <see cref="DataConfiguration"/> can name.</summary>
public enum VideoSetKind
{
    /// <summary>A video, a folder of frames, or a folder of these: <see cref="VideoFolders"/>.</summary>
    Folder,

    /// <summary>A Sekai list and its videos: <see cref="SekaiVideos"/>.</summary>
    Sekai,

    /// <summary>DAVIS: <see cref="DavisSequences"/>.</summary>
    Davis,

    /// <summary>MultiCamVideo: <see cref="MultiCamVideos"/>.</summary>
    MultiCam,
}
