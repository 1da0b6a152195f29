namespace GeoAlign.Sampling;

/// <summary>A clip drawn from a condition video, and where it comes from.</summary>
public sealed record ConditionClip
{
    /// <summary>Number of the video in <see cref="ConditionClipSource.Videos"/>.</summary>
    public required int SourceIndex { get; init; }

    /// <summary>The video file or folder of frames.</summary>
    public required string Path { get; init; }

    /// <summary>First frame of the clip within the video, from 0.</summary>
    public required int StartFrame { get; init; }

    /// <summary>Distance of its frames within the video; 1 when they were picked for a rate. In a video of variable rate it divides the mean rate.</summary>
    public required int FrameStride { get; init; }

    /// <summary>The clip.</summary>
    public required VideoClip Video { get; init; }

    /// <summary>The video as its source lists it: name, prompt, recorded camera.</summary>
    public required ConditionVideo Source { get; init; }

    /// <summary>Frames of the video that became the clip, in order; one shown long in a video of variable rate may occur several times in a row.</summary>
    public required IReadOnlyList<int> SourceFrames { get; init; }

    /// <summary>Number of the attempt that gave this clip; above 0 when others could not be used.</summary>
    public int Attempt { get; init; }

    /// <summary>Videos that were drawn before this one and could not be used.</summary>
    public IReadOnlyList<ClipRefusal> Refused { get; init; } = [];
}
