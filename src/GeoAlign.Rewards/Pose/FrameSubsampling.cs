namespace GeoAlign.Rewards;

/// <summary>Which frames of a video a pose estimator looks at: always frame 0, the reference view, and then a share of the others.</summary>
/// <remarks>
/// Ours. A frame's pose depends on which other frames the network sees, so all videos of a comparison, and the source clip, need the
/// same policy.
/// </remarks>
public sealed record FrameSubsampling
{
    private readonly int _step, _most;

    private FrameSubsampling(int step, int most) => (_step, _most) = (step, most);

    /// <summary>Frames 0, k, 2k, …; the last frame is among them only if k divides its number.</summary>
    /// <param name="step">k, at least 1.</param>
    public static FrameSubsampling EveryFrame(int step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        return new(step, 0);
    }

    /// <summary>
    /// At most n frames, spread evenly from the first to the last: <c>round(i·(T − 1)/(n − 1))</c>, halves up. Shorter videos are taken
    /// whole; for n = 1 only frame 0 is.
    /// </summary>
    /// <param name="most">n, at least 1.</param>
    public static FrameSubsampling AtMost(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return new(0, most);
    }

    /// <summary>The frame numbers for a video of so many frames, strictly increasing from 0.</summary>
    public int[] Of(int frameCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 1);
        int step = _step, count = step > 0 ? (frameCount + step - 1) / step : Math.Min(_most, frameCount);
        int[] frames = new int[count];
        for (int i = 1; i < count; i++)
            frames[i] = step > 0 ? i * step : (int)((2L * i * (frameCount - 1) + count - 1) / (2 * (count - 1)));
        return frames;
    }

    /// <summary>The rule in words.</summary>
    public override string ToString() => _step > 0
        ? FormattableString.Invariant($"every {_step} frames")
        : FormattableString.Invariant($"at most {_most} frames");
}
