using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>What a conversion is asked for.</summary>
internal sealed record ConversionRequest
{
    /// <summary>Format to write.</summary>
    public required TrajectoryFormat To { get; init; }

    /// <summary>What may be lost.</summary>
    public HeldData MayDrop { get; init; }

    /// <summary>Image size for intrinsics that lack one, or for new ones.</summary>
    public (int Width, int Height)? ImageSizePixels { get; init; }

    /// <summary>Horizontal field of view, for a path without intrinsics.</summary>
    public double? FieldOfViewDegrees { get; init; }

    /// <summary>The video's URL, for a format that holds one.</summary>
    public string? Source { get; init; }

    /// <summary>Whether the path is written as seen from its first camera.</summary>
    public bool RelativeToFirst { get; init; }

    /// <summary>numpy: whether world-to-camera matrices are written.</summary>
    public bool WorldToCamera { get; init; }

    /// <summary>numpy: camera axes that are written.</summary>
    public CameraAxes Axes { get; init; }
}
