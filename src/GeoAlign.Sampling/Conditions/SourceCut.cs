namespace GeoAlign.Sampling;

/// <summary>The part of a video file that belongs to a condition, in frames of a stated rate: lists such as Sekai's count at 30 per second.</summary>
/// <param name="StartFrame">First frame, from 0.</param>
/// <param name="EndFrame">Frame after the last, above <paramref name="StartFrame"/>.</param>
/// <param name="FrameRate">Rate that the two are counted at; a file of another rate is cut at the nearest of its own frames.</param>
public readonly record struct SourceCut(long StartFrame, long EndFrame, FrameRate FrameRate)
{
    /// <summary>The cut in frames of a video of another rate: both ends at the nearest frame.</summary>
    /// <exception cref="ArgumentException">No rate, or an empty cut.</exception>
    public (int Start, int End) InFramesOf(FrameRate rate)
    {
        if (!FrameRate.IsKnown || !rate.IsKnown) throw new ArgumentException("A cut needs two frame rates.", nameof(rate));
        if (StartFrame < 0 || EndFrame <= StartFrame) throw new ArgumentException($"The cut from frame {StartFrame} to {EndFrame} is empty or begins before 0.", nameof(rate));
        return (checked((int)FrameTiming.NearestFrame(StartFrame, rate, FrameRate)), checked((int)FrameTiming.NearestFrame(EndFrame, rate, FrameRate)));
    }
}
