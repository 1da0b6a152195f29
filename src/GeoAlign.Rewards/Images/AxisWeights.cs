namespace GeoAlign.Rewards;

/// <summary>float32 weights of one axis: output i is a weighted sum of the inputs from <c>First[i]</c> on.</summary>
internal sealed class AxisWeights
{
    private AxisWeights(int outputs, int stride) =>
        (First, Count, Weights, Stride) = (new int[outputs], new int[outputs], new float[outputs * stride], stride);

    /// <summary>First input of each output.</summary>
    public int[] First { get; }

    /// <summary>Number of inputs of each output.</summary>
    public int[] Count { get; }

    /// <summary>Weights, <see cref="Stride"/> to an output.</summary>
    public float[] Weights { get; }

    /// <summary>Room for weights per output.</summary>
    public int Stride { get; }

    /// <summary>Weights of an antialiased cubic resize, a = −0.5: those of <see cref="ResampleTaps"/>, not rounded to fixed point.</summary>
    /// <remarks>The formula of PyTorch's <c>interpolate(mode="bicubic", antialias=True)</c>; weights are computed in double.</remarks>
    public static AxisWeights Antialiased(int inputs, int outputs)
    {
        AxisWeights axis = new(outputs, ResampleTaps.MostTaps(inputs, outputs, ResampleFilter.Bicubic));
        double[] weights = new double[axis.Stride];
        for (int i = 0; i < outputs; i++)
        {
            (axis.First[i], axis.Count[i]) = ResampleTaps.Weigh(i, inputs, outputs, ResampleFilter.Bicubic, weights);
            for (int j = 0; j < axis.Count[i]; j++) axis.Weights[i * axis.Stride + j] = (float)weights[j];
        }

        return axis;
    }

    /// <summary>Weights of a resize that looks at the nearest inputs only, whatever the factor: two (linear) or four (cubic, a = −0.75).</summary>
    /// <remarks>
    /// Position <c>s = (i + ½)·in/out − ½</c>; a position or input outside of the axis is moved to its border. As PyTorch's <c>interpolate</c>
    /// with <c>align_corners=False</c> and without antialiasing.
    /// </remarks>
    public static AxisWeights Interpolated(int inputs, int outputs, InterpolationKernel kernel)
    {
        int taps = kernel == InterpolationKernel.Bicubic ? 4 : 2;
        AxisWeights axis = new(outputs, taps);
        double scale = (double)inputs / outputs;
        for (int i = 0; i < outputs; i++)
        {
            double position = scale * (i + 0.5) - 0.5;
            if (kernel == InterpolationKernel.Bilinear) position = Math.Max(position, 0);
            int nearest = (int)Math.Floor(position), low = nearest - (taps / 2 - 1);
            double fraction = position - nearest;
            axis.First[i] = Math.Clamp(low, 0, inputs - 1);
            for (int j = 0; j < taps; j++)
            {
                double distance = Math.Abs(j - (taps / 2 - 1) - fraction);
                int slot = Math.Clamp(low + j, 0, inputs - 1) - axis.First[i];
                axis.Weights[i * taps + slot] += (float)(kernel == InterpolationKernel.Bicubic ? Cubic(distance) : 1 - distance);
                axis.Count[i] = slot + 1;
            }
        }

        return axis;
    }

    // Keys 1981: the cubic convolution kernel, a = −0.75.
    private static double Cubic(double x)
    {
        const double a = -0.75;
        return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }
}
