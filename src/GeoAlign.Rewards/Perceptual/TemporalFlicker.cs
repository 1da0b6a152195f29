using System.Numerics;

namespace GeoAlign.Rewards;

/// <summary>VBench's temporal flickering: how little neighbouring frames differ. 1 for a still picture. Needs no network.</summary>
/// <remarks>
/// <c>(255 − mean_i MAE_i)/255</c> with <c>MAE_i</c> the mean of |f_i − f_{i+1}| over all pixels and channels (VBench, arXiv 2311.17982, and its
/// published code). It falls with camera motion as well, so compare only videos that were asked for the same path.
/// </remarks>
public static class TemporalFlicker
{
    /// <summary>MAE_i of each pair of neighbouring frames, 0 to 255; exact sums. Empty for one frame.</summary>
    public static double[] PairDifferences(VideoFrames video)
    {
        ArgumentNullException.ThrowIfNull(video);
        double[] differences = new double[video.FrameCount - 1];
        for (int i = 0; i < differences.Length; i++) differences[i] = MeanDifference(video.Frame(i), video.Frame(i + 1));
        return differences;
    }

    /// <summary>The score of a video, in [0, 1].</summary>
    /// <exception cref="ArgumentException">The video has one frame: nothing can flicker.</exception>
    public static double Score(VideoFrames video)
    {
        double[] differences = PairDifferences(video);
        return differences.Length > 0
            ? VBench.FromDifferences(differences)
            : throw new ArgumentException("A video of one frame has no neighbouring frames to compare.", nameof(video));
    }

    /// <summary>Mean of |a − b| over all bytes.</summary>
    internal static double MeanDifference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => (double)SumOfDifferences(a, b) / a.Length;

    private static long SumOfDifferences(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        // Two differences of up to 255 are added to each 16-bit lane per step: 128 steps stay below 65536.
        const int StepsBeforeOverflow = 128;
        long sum = 0;
        int width = Vector<byte>.Count, i = 0;
        while (i + width <= a.Length)
        {
            Vector<ushort> lanes = Vector<ushort>.Zero;
            for (int step = 0; step < StepsBeforeOverflow && i + width <= a.Length; step++, i += width)
            {
                Vector<byte> x = new(a.Slice(i, width)), y = new(b.Slice(i, width));
                Vector.Widen(Vector.Max(x, y) - Vector.Min(x, y), out Vector<ushort> low, out Vector<ushort> high);
                lanes += low + high;
            }

            Vector.Widen(lanes, out Vector<uint> first, out Vector<uint> second);
            sum += Vector.Sum(first + second);
        }

        for (; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return sum;
    }
}
