using System.Numerics;

namespace GeoAlign.Rewards;

/// <summary>VBench's dynamic degree of one video: whether enough pairs of kept frames move, by their optical flow.</summary>
/// <remarks>
/// Published code of VBench (arXiv 2311.17982). Frames are kept every max(1, round(fps/8)); the flow (RAFT) is that of neighbouring kept frames.
/// A set's score is the share of dynamic videos.
/// </remarks>
/// <param name="PairMotionPixels">Per pair: mean of the largest 5 % of the flow lengths, pixels.</param>
/// <param name="ThresholdPixels">6·min(h, w)/256 of the frames before padding.</param>
/// <param name="RequiredPairs">How many pairs must exceed the threshold: 4·n/16 rounded half to even, n kept frames. At 0 one pair is enough, whatever its motion.</param>
public sealed record VBenchDynamicDegree(IReadOnlyList<double> PairMotionPixels, double ThresholdPixels, int RequiredPairs)
{
    /// <summary>Whether the video counts as dynamic.</summary>
    public bool IsDynamic => PairMotionPixels.Count > 0 && PairMotionPixels.Count(m => m > ThresholdPixels) >= RequiredPairs;

    /// <summary>The score: 1 for a dynamic video, 0 for another.</summary>
    public double Score => IsDynamic ? 1 : 0;

    /// <summary>Judges a video.</summary>
    /// <param name="flow">Per pair of neighbouring kept frames: flow in x of all pixels, then flow in y, row-major, pixels; as the network gave it, padding included.</param>
    /// <param name="flowWidthPixels">Width of a flow map.</param>
    /// <param name="flowHeightPixels">Height of a flow map.</param>
    /// <param name="frameWidthPixels">Width of a frame before padding.</param>
    /// <param name="frameHeightPixels">Height of a frame before padding.</param>
    /// <typeparam name="T">float, as networks give it, or double.</typeparam>
    /// <exception cref="ArgumentException">Lengths do not fit, a flow map has fewer than 20 pixels, or the flow is not finite.</exception>
    public static VBenchDynamicDegree Of<T>(ReadOnlySpan<T> flow, int flowWidthPixels, int flowHeightPixels, int frameWidthPixels, int frameHeightPixels)
        where T : struct, IFloatingPoint<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameWidthPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameHeightPixels);
        int pixels = checked(flowWidthPixels * flowHeightPixels), largest = (int)(0.05 * pixels);
        if (largest < 1) throw new ArgumentException($"Flow maps of {flowWidthPixels}×{flowHeightPixels} pixels, expected at least 20 pixels: 5 % of them are averaged.", nameof(flow));
        if (flow.Length % (2 * pixels) != 0) throw new ArgumentException($"{flow.Length} numbers, expected a multiple of 2·{flowWidthPixels}·{flowHeightPixels}.", nameof(flow));

        double[] motion = new double[flow.Length / (2 * pixels)];
        double[] squares = new double[pixels];
        for (int pair = 0; pair < motion.Length; pair++)
        {
            ReadOnlySpan<T> x = flow.Slice(2 * pair * pixels, pixels), y = flow.Slice((2 * pair + 1) * pixels, pixels);
            for (int i = 0; i < pixels; i++)
            {
                double u = double.CreateTruncating(x[i]), v = double.CreateTruncating(y[i]);
                squares[i] = u * u + v * v;
            }


            Array.Sort(squares);
            double sum = 0;
            foreach (double square in squares.AsSpan(pixels - largest)) sum += Math.Sqrt(square);
            if (!double.IsFinite(sum) || double.IsNaN(squares[0])) throw new ArgumentException($"The flow of pair {pair} is not finite.", nameof(flow));
            motion[pair] = sum / largest;
        }

        int required = (int)Math.Round(4 * (motion.Length + 1) / 16.0, MidpointRounding.ToEven);
        return new VBenchDynamicDegree(motion, 6 * Math.Min(frameWidthPixels, frameHeightPixels) / 256.0, required);
    }

    /// <summary>Every how many frames one is kept: max(1, round(fps/8)), halves to even.</summary>
    public static int FrameInterval(double framesPerSecond)
    {
        if (!(framesPerSecond > 0 && double.IsFinite(framesPerSecond)))
            throw new ArgumentOutOfRangeException(nameof(framesPerSecond), framesPerSecond, "The frame rate must be a finite number above 0.");
        return Math.Max(1, (int)Math.Round(framesPerSecond / 8, MidpointRounding.ToEven));
    }
}
