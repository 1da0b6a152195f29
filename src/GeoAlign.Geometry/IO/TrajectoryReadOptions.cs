namespace GeoAlign.Geometry;

/// <summary>How <see cref="TrajectoryFile"/> reads; each setting concerns the formats it names and no other.</summary>
public sealed record TrajectoryReadOptions
{
    /// <summary>The format; null detects it from the content.</summary>
    public TrajectoryFormat? Format { get; init; }

    /// <summary>ReCamMaster: camera to read; null takes the only one.</summary>
    public string? CameraId { get; init; }

    /// <summary>OmniWorld: split to read, from 0; null takes the only one.</summary>
    public int? Split { get; init; }

    /// <summary>TUM and CityWalker: whether rows of NaN at the end are dropped instead of refused.</summary>
    public bool DropNaNTail { get; init; }

    /// <summary>nerfstudio: whether applied_transform is taken out of the poses.</summary>
    public bool UndoAppliedTransform { get; init; }

    /// <summary>COLMAP: order of the images.</summary>
    public ColmapOrder ColmapOrder { get; init; }

    /// <summary>NumPy archives: member that holds the poses; null takes the only one of their shape.</summary>
    public string? Member { get; init; }

    /// <summary>NumPy: whether the matrices are world-to-camera.</summary>
    public bool WorldToCamera { get; init; }
}
