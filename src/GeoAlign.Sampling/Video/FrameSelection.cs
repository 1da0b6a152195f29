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

    /// <summary>Rate that the frames are picked for; null keeps the video's own (divided by the stride).</summary>
    public FrameRate? Rate { get; private init; }

    /// <summary>The very frames to take, with <see cref="Rate"/>; never going back. Null where the other properties say it.</summary>
    internal IReadOnlyList<int>? Frames { get; private init; }

    /// <summary>Whether decoding may begin in the middle of the file.</summary>
    internal bool MaySeek { get; private init; }

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

    /// <summary>
    /// Exactly <paramref name="count"/> frames for a clip of another, lower rate: frame k of the clip is the frame of the video nearest to it
    /// in time, <c>start + ⌊k·s/t + ½⌋</c> at rates s of the video and t of the clip. No frame is made up.
    /// </summary>
    /// <remarks>
    /// In a file of variable frame rate it is the frame shown nearest to k/t seconds after the first, so that one shown long may be taken more than
    /// once; the video's average rate must not be below t.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Negative start, or count below 1.</exception>
    /// <exception cref="ArgumentException">No rate.</exception>
    public static FrameSelection AtRate(int count, FrameRate rate, int start = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        if (!rate.IsKnown) throw new ArgumentException("No frame rate was given.", nameof(rate));
        return new() { Start = start, Count = count, Rate = rate };
    }

    /// <summary>Given frames, the same one several times in a row if need be, as a clip of a given rate.</summary>
    internal static FrameSelection Picked(IReadOnlyList<int> frames, FrameRate rate, bool maySeek) =>
        new() { Start = frames[0], Count = frames.Count, Rate = rate, Frames = frames, MaySeek = maySeek };
}
