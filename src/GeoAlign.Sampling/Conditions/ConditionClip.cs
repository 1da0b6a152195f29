namespace GeoAlign.Sampling;

/// <summary>A clip drawn from a condition video, and where it comes from.</summary>
public sealed record ConditionClip
{
    /// <summary>Number of the video in <see cref="ConditionClipSource.Paths"/>.</summary>
    public required int SourceIndex { get; init; }

    /// <summary>The video file or folder of frames.</summary>
    public required string Path { get; init; }

    /// <summary>First frame of the clip within the video, from 0.</summary>
    public required int StartFrame { get; init; }

    /// <summary>Distance of its frames within the video.</summary>
    public required int FrameStride { get; init; }

    /// <summary>The clip.</summary>
    public required VideoClip Video { get; init; }
}
