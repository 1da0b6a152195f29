namespace GeoAlign.Cli;

/// <summary>What a camera file may hold beside its poses.</summary>
[Flags]
internal enum HeldData
{
    /// <summary>Poses only.</summary>
    Nothing = 0,

    /// <summary>Time stamps.</summary>
    Times = 1 << 0,

    /// <summary>Focal lengths and principal points.</summary>
    Intrinsics = 1 << 1,

    /// <summary>The image size that the intrinsics belong to.</summary>
    ImageSize = 1 << 2,

    /// <summary>Numbers of the video's frames, with gaps.</summary>
    FrameNumbers = 1 << 3,

    /// <summary>Names of the images.</summary>
    ImageNames = 1 << 4,

    /// <summary>Where the video comes from.</summary>
    Source = 1 << 5,
}
