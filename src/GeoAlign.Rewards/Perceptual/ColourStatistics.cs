using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>Mean and spread of the colours of some frames, in Y, Cb, Cr (JFIF: ITU-R BT.601, full range, Cb and Cr around 128), grey levels.</summary>
/// <param name="Mean">Means of Y, Cb, Cr over all pixels.</param>
/// <param name="StandardDeviation">Standard deviations (population) of Y, Cb, Cr over all pixels.</param>
public readonly record struct ColourStatistics(Vector3d Mean, Vector3d StandardDeviation)
{
    // Rows Y, Cb, Cr; columns R, G, B (JFIF 1.02).
    private static readonly Vector3d
        LumaRow = new(0.299, 0.587, 0.114),
        BlueRow = new(-0.168736, -0.331264, 0.5),
        RedRow = new(0.5, -0.418688, -0.081312);

    /// <summary>Measures all frames of a video together.</summary>
    public static ColourStatistics Of(VideoFrames video)
    {
        ArgumentNullException.ThrowIfNull(video);
        return Of(video.Rgb24.Span);
    }

    /// <summary>Measures pixels in the order red, green, blue; at least one.</summary>
    /// <remarks>Sums and products of the channels are whole numbers, so the statistics are exact up to the last step.</remarks>
    public static ColourStatistics Of(ReadOnlySpan<byte> rgb24)
    {
        if (rgb24.IsEmpty || rgb24.Length % 3 != 0) throw new ArgumentException($"{rgb24.Length} bytes, expected 3 a pixel and at least one pixel.", nameof(rgb24));
        long r = 0, g = 0, b = 0, rr = 0, gg = 0, bb = 0, rg = 0, rb = 0, gb = 0;
        for (int i = 0; i + 2 < rgb24.Length; i += 3)
        {
            int red = rgb24[i], green = rgb24[i + 1], blue = rgb24[i + 2];
            r += red;
            g += green;
            b += blue;
            rr += red * red;
            gg += green * green;
            bb += blue * blue;
            rg += red * green;
            rb += red * blue;
            gb += green * blue;
        }

        long pixels = rgb24.Length / 3;
        double n = pixels;
        Matrix3d covariance = new(
            Covariance(rr, r, r), Covariance(rg, r, g), Covariance(rb, r, b),
            Covariance(rg, r, g), Covariance(gg, g, g), Covariance(gb, g, b),
            Covariance(rb, r, b), Covariance(gb, g, b), Covariance(bb, b, b));
        Vector3d mean = new(r / n, g / n, b / n);
        return new ColourStatistics(
            new(Vector3d.Dot(LumaRow, mean), 128 + Vector3d.Dot(BlueRow, mean), 128 + Vector3d.Dot(RedRow, mean)),
            new(Spread(covariance, LumaRow), Spread(covariance, BlueRow), Spread(covariance, RedRow)));

        double Covariance(long product, long a, long c) => (double)((Int128)pixels * product - (Int128)a * c) / (n * n);
    }

    /// <summary>
    /// <c>√(‖μ − μ'‖² + ‖σ − σ'‖²)</c>, grey levels: the Wasserstein-2 distance of normal distributions with these moments and independent channels
    /// (Dowson and Landau 1982).
    /// </summary>
    public static double Distance(ColourStatistics a, ColourStatistics b) =>
        Math.Sqrt((a.Mean - b.Mean).LengthSquared + (a.StandardDeviation - b.StandardDeviation).LengthSquared);

    private static double Spread(Matrix3d covariance, Vector3d row) => Math.Sqrt(Math.Max(0, Vector3d.Dot(row, covariance * row)));
}
