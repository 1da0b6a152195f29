namespace GeoAlign.Sampling;

/// <summary>When each frame of a video is shown, as its container says: whole ticks of an exact fraction of a second. Immutable.</summary>
public sealed class FrameTimes
{
    private readonly long[] _ticks;

    /// <summary>Takes times.</summary>
    /// <param name="ticks">Time of each frame in the order of showing, strictly increasing, from any origin; at least one.</param>
    /// <param name="ticksPerSecond">How many ticks make a second.</param>
    /// <exception cref="ArgumentException">No frame, times that do not increase, or no rate.</exception>
    public FrameTimes(IEnumerable<long> ticks, FrameRate ticksPerSecond)
    {
        ArgumentNullException.ThrowIfNull(ticks);
        if (!ticksPerSecond.IsKnown) throw new ArgumentException("The times have no unit.", nameof(ticksPerSecond));
        (_ticks, TicksPerSecond) = ([.. ticks], ticksPerSecond);
        if (_ticks.Length == 0) throw new ArgumentException("No frame, expected at least one.", nameof(ticks));
        for (int i = 1; i < _ticks.Length; i++)
            if (_ticks[i] <= _ticks[i - 1]) throw new ArgumentException($"Frame {i} is shown at {_ticks[i]}, not after {_ticks[i - 1]}, the time of the frame before it.", nameof(ticks));
    }

    /// <summary>Number of frames.</summary>
    public int Count => _ticks.Length;

    /// <summary>Ticks in a second.</summary>
    public FrameRate TicksPerSecond { get; }

    /// <summary>Time of each frame in ticks.</summary>
    public ReadOnlyMemory<long> Ticks => _ticks;

    /// <summary>
    /// Intervals over the time from the first frame to the last, to a thousandth of a frame per second; 1 for a single frame, which has none.
    /// </summary>
    public FrameRate AverageRate => Count == 1
        ? new FrameRate(1)
        : new FrameRate(checked((int)Math.Max(1, Math.Round(1000 * (Count - 1) * TicksPerSecond.FramesPerSecond / (_ticks[^1] - _ticks[0])))), 1000);

    /// <summary>
    /// Whether frame k is shown at k/rate seconds after the first, for every k, as far as the ticks can tell: no more than one tick away. Many containers
    /// count in milliseconds or hundredths of a second, and round every time to one.
    /// </summary>
    public bool AreEven(FrameRate rate)
    {
        (Int128 tick, Int128 step) = Scales(rate);
        for (int i = 1; i < _ticks.Length; i++)
            if (Int128.Abs((_ticks[i] - (Int128)_ticks[0]) * tick - i * step) > tick) return false;
        return true;
    }

    /// <summary>The frame shown nearest to <paramref name="steps"/>/rate seconds after frame <paramref name="start"/>; the later of two as near.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no frame <paramref name="start"/>, or a negative number of steps.</exception>
    public int NearestFrame(int start, long steps, FrameRate rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, Count);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        (Int128 tick, Int128 step) = Scales(rate);
        Int128 wanted = _ticks[start] * tick + steps * step;
        int low = start, high = Count;                                        // the first frame not before the wanted time is in [low, high]
        while (low < high)
        {
            int middle = low + (high - low) / 2;
            if (_ticks[middle] * tick < wanted) low = middle + 1;
            else high = middle;
        }

        if (low == Count) return Count - 1;
        return low > start && wanted - _ticks[low - 1] * tick < _ticks[low] * tick - wanted ? low - 1 : low;
    }

    /// <summary>
    /// Whether frame <paramref name="last"/> is shown no more than half a step before <paramref name="steps"/>/rate seconds after frame
    /// <paramref name="start"/>, so that a clip of that length fits between the two.
    /// </summary>
    internal bool Reach(int start, int last, long steps, FrameRate rate)
    {
        (Int128 tick, Int128 step) = Scales(rate);
        return 2 * (_ticks[start] * tick + steps * step) <= 2 * (_ticks[last] * tick) + step;
    }

    /// <summary>
    /// Whether the video goes on until <paramref name="steps"/>/rate seconds after its first frame: its last frame is taken to be shown for the mean
    /// interval, and half of one more is allowed for.
    /// </summary>
    internal bool LastUntil(long steps, FrameRate rate)
    {
        (Int128 tick, Int128 step) = Scales(rate);
        Int128 intervals = Math.Max(1, Count - 1), length = (_ticks[^1] - (Int128)_ticks[0]) * tick;
        return 2 * intervals * steps * step <= (2 * intervals + 3) * length;
    }

    /// <summary>Whether two lists are the same but for their origin.</summary>
    internal bool AreLike(FrameTimes other)
    {
        if (Count != other.Count || TicksPerSecond != other.TicksPerSecond) return false;
        for (int i = 1; i < _ticks.Length; i++)
            if (_ticks[i] - _ticks[0] != other._ticks[i] - other._ticks[0]) return false;
        return true;
    }

    // A tick and a step of 1/rate in a common unit.
    private (Int128 Tick, Int128 Step) Scales(FrameRate rate)
    {
        if (!rate.IsKnown) throw new ArgumentException("No frame rate was given.", nameof(rate));
        return ((Int128)rate.Numerator * TicksPerSecond.Denominator, (Int128)rate.Denominator * TicksPerSecond.Numerator);
    }
}
