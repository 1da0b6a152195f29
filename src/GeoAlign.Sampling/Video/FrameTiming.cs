using System.Numerics;

namespace GeoAlign.Sampling;

/// <summary>Which frames of a video are shown at another rate. Exact: rates are fractions, and so is the arithmetic.</summary>
internal static class FrameTiming
{
    /// <summary>
    /// The frame at <paramref name="source"/> frames per second that is nearest in time to frame <paramref name="frame"/> at
    /// <paramref name="wanted"/> frames per second, both counted from 0; halves go up: <c>⌊k·s/t + ½⌋</c>.
    /// </summary>
    public static long NearestFrame(long frame, FrameRate source, FrameRate wanted)
    {
        BigInteger over = (BigInteger)source.Numerator * wanted.Denominator, under = (BigInteger)source.Denominator * wanted.Numerator;
        return (long)((2 * frame * over + under) / (2 * under));
    }

    /// <summary>Whether one rate is at least the other.</summary>
    public static bool IsAtLeast(FrameRate rate, FrameRate other) =>
        (long)rate.Numerator * other.Denominator >= (long)other.Numerator * rate.Denominator;
}
