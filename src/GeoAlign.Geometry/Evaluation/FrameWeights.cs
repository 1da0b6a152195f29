namespace GeoAlign.Geometry;

/// <summary>
/// Weights of the frames of a path. Geo-Align (arXiv 2605.23903, eq. 3 and 4) asks for weights that increase with the frame, because
/// drift accumulates late, and does not give their form.
/// </summary>
public static class FrameWeights
{
    /// <summary><c>w_i = (i + 1)/N</c>, i from 0: our default.</summary>
    public static double[] Linear(int frames) => Make(frames, i => (i + 1.0) / frames);

    /// <summary><c>w_i = 1</c>.</summary>
    public static double[] Uniform(int frames) => Make(frames, _ => 1);

    /// <summary>
    /// <c>w_i = i/(N − 1)</c>: the first frame, which is anchored and has no error, gets no weight. One frame gets weight 1.
    /// </summary>
    public static double[] LinearFromZero(int frames) => Make(frames, i => frames == 1 ? 1 : i / (frames - 1.0));

    /// <summary><c>w_i = 1 + p·i/(N − 1)</c>.</summary>
    /// <param name="frames">N.</param>
    /// <param name="slope">p ≥ 0: how much more the last frame weighs than the first.</param>
    public static double[] Affine(int frames, double slope)
    {
        ThrowUnlessNotNegative(slope, nameof(slope));
        return Make(frames, i => 1 + slope * Share(i, frames));
    }

    /// <summary><c>w_i = ((i + 1)/N)^p</c>.</summary>
    /// <param name="frames">N.</param>
    /// <param name="exponent">p ≥ 0.</param>
    public static double[] Power(int frames, double exponent)
    {
        ThrowUnlessNotNegative(exponent, nameof(exponent));
        return Make(frames, i => Math.Pow((i + 1.0) / frames, exponent));
    }

    /// <summary><c>w_i = exp(p·i/(N − 1))</c>.</summary>
    /// <param name="frames">N.</param>
    /// <param name="rate">p ≥ 0.</param>
    public static double[] Exponential(int frames, double rate)
    {
        ThrowUnlessNotNegative(rate, nameof(rate));
        return Make(frames, i => Math.Exp(rate * Share(i, frames)));
    }

    private static double Share(int i, int frames) => frames == 1 ? 0 : i / (frames - 1.0);

    private static double[] Make(int frames, Func<int, double> weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames);
        double[] weights = new double[frames];
        for (int i = 0; i < frames; i++) weights[i] = weight(i);
        return weights;
    }

    private static void ThrowUnlessNotNegative(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, value, "Must be finite and not negative, so that weights do not fall with time.");
    }
}
