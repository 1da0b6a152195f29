namespace GeoAlign.Rewards;

/// <summary>Fixed-point weights of one axis: output i is a weighted sum of inputs from <c>First[i]</c> on.</summary>
/// <remarks>
/// Antialiased: when shrinking, the kernel is stretched by the factor. With <c>s = in/out</c> and <c>f = max(s, 1)</c>, output i is centred at
/// <c>(i + ½)·s</c>; weights are <c>k((j − centre + ½)/f)</c>, normalised in double, then rounded to 22 bits. Pillow's 8-bit resize.
/// </remarks>
internal sealed class ResampleTaps
{
    /// <summary>Fraction bits of a weight.</summary>
    public const int Bits = 22;

    private ResampleTaps(int[] first, int[] count, int[] weights, int stride) => (First, Count, Weights, Stride) = (first, count, weights, stride);

    /// <summary>First input of each output.</summary>
    public int[] First { get; }

    /// <summary>Number of inputs of each output.</summary>
    public int[] Count { get; }

    /// <summary>Weights, <see cref="Stride"/> to an output.</summary>
    public int[] Weights { get; }

    /// <summary>Room for weights per output.</summary>
    public int Stride { get; }

    /// <summary>Taps of the outputs from <paramref name="offset"/> to offset + <paramref name="length"/>, of an axis that goes from <paramref name="inSize"/> to <paramref name="outSize"/>.</summary>
    public static ResampleTaps Of(int inSize, int outSize, int offset, int length, ResampleFilter filter)
    {
        int stride = MostTaps(inSize, outSize, filter);
        int[] first = new int[length], count = new int[length], weights = new int[length * stride];
        double[] k = new double[stride];
        for (int i = 0; i < length; i++)
        {
            (first[i], count[i]) = Weigh(i + offset, inSize, outSize, filter, k);
            for (int j = 0; j < count[i]; j++)
            {
                double w = k[j] * (1 << Bits);
                weights[i * stride + j] = (int)(w < 0 ? w - 0.5 : w + 0.5);
            }
        }

        return new ResampleTaps(first, count, weights, stride);
    }

    /// <summary>Room that the weights of one output need.</summary>
    public static int MostTaps(int inSize, int outSize, ResampleFilter filter) => (int)Math.Ceiling(Support(inSize, outSize, filter)) * 2 + 1;

    /// <summary>Writes the weights of one output in double; they add up to 1.</summary>
    /// <returns>The first input and the number of inputs.</returns>
    public static (int First, int Count) Weigh(int output, int inSize, int outSize, ResampleFilter filter, Span<double> weights)
    {
        double scale = (double)inSize / outSize, inverseStretch = 1 / Math.Max(scale, 1), support = Support(inSize, outSize, filter);
        double centre = (output + 0.5) * scale;
        int low = Math.Max((int)(centre - support + 0.5), 0);
        int taps = Math.Min((int)(centre + support + 0.5), inSize) - low;
        double sum = 0;
        for (int j = 0; j < taps; j++)
        {
            weights[j] = Kernel(filter, (j + low - centre + 0.5) * inverseStretch);
            sum += weights[j];
        }

        for (int j = 0; j < taps; j++) weights[j] /= sum;
        return (low, taps);
    }

    private static double Support(int inSize, int outSize, ResampleFilter filter) =>
        (filter == ResampleFilter.Lanczos ? 3 : 2) * Math.Max((double)inSize / outSize, 1);

    private static double Kernel(ResampleFilter filter, double x) => filter == ResampleFilter.Lanczos
        ? x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0
        : Cubic(Math.Abs(x));

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Cubic(double x)
    {
        const double a = -0.5;
        if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
        if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
        return 0;
    }
}
