namespace GeoAlign.Sampling;

/// <summary>The frames of a file as its container lists them: when each is shown and where decoding can begin. Nothing was decoded for it.</summary>
/// <param name="Times">Times of the frames.</param>
/// <param name="IsKey">Whether decoding can begin at a frame.</param>
/// <param name="CanSeek">Whether the codec is one of those where beginning at such a frame gives the same pictures.</param>
internal sealed record FrameIndex(FrameTimes Times, IReadOnlyList<bool> IsKey, bool CanSeek)
{
    /// <summary>Decoding fewer frames than this in vain costs less than asking for the list. Ours: the distance of key frames that x264 keeps to.</summary>
    public const int WorthwhileFrames = 250;

    /// <summary>
    /// Seconds to jump to for a frame; null when decoding must begin with the file. The jump goes to the last but one key frame at or before it:
    /// pictures after an open group's key frame that are shown before it lean on the group before, and a picture that is refreshed bit by bit
    /// is whole only one group later. Half-way to the frame after the key frame, so that rounding to microseconds does not matter.
    /// </summary>
    public double? SecondsBefore(int frame)
    {
        if (!CanSeek) return null;
        int key = LastKey(frame);
        key = key > 0 ? LastKey(key - 1) : -1;
        if (key <= 0) return null;
        ReadOnlySpan<long> ticks = Times.Ticks.Span;
        double seconds = 0.5 * ((double)ticks[key] + ticks[key + 1]) / Times.TicksPerSecond.FramesPerSecond;
        return seconds > 0 ? seconds : null;
    }

    private int LastKey(int frame)
    {
        while (frame >= 0 && !IsKey[frame]) frame--;
        return frame;
    }
}
