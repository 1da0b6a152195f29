namespace GeoAlign.Sampling;

/// <summary>Which frames of a video make a clip.</summary>
public sealed record FrameSelection
{
    private FrameSelection()
    {
    }

    /// <summary>Every frame.</summary>
    public static FrameSelection All { get; } = new();

    /// <summary>As many of the first frames as <see cref="FrameRule"/> allows.</summary>
    public static FrameSelection FourKPlusOne { get; } = new() { FollowsFrameRule = true };

    /// <summary>First frame, from 0.</summary>
    public int Start { get; private init; }

    /// <summary>1 takes every frame, 2 every second, …</summary>
    public int Stride { get; private init; } = 1;

    /// <summary>Exact number of frames; null takes all there are.</summary>
    public int? Count { get; private init; }

    /// <summary>Whether the clip is cut to 4k + 1 frames.</summary>
    public bool FollowsFrameRule { get; private init; }

    /// <summary>Exactly <paramref name="count"/> frames: start, start + stride, … A video that has fewer is an error.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative start, or count or stride below 1.</exception>
    public static FrameSelection Exactly(int count, int start = 0, int stride = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        return new() { Start = start, Stride = stride, Count = count };
    }
}
