using System.Buffers;

namespace GeoAlign.Rewards;

/// <summary>How much there is to see in one frame, from its luma (<see cref="Luma"/>) in grey levels. Sums are exact: whole numbers.</summary>
/// <param name="Mean">Mean luma, 0 to 255.</param>
/// <param name="StandardDeviation">Standard deviation of the luma over all pixels (population), grey levels.</param>
/// <param name="GradientEnergy">
/// <c>mean (L(x+1, y) − L(x, y))² + mean (L(x, y+1) − L(x, y))²</c> over all neighbours, grey levels². A direction of one pixel adds 0.
/// </param>
/// <param name="LaplacianVariance">
/// Variance (population) of <c>4L(x, y) − L(x±1, y) − L(x, y±1)</c> over the pixels that have all four neighbours, grey levels²; 0 when no pixel
/// has. The sharpness measure of Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy" (ICPR 2000).
/// </param>
public readonly record struct LumaStatistics(double Mean, double StandardDeviation, double GradientEnergy, double LaplacianVariance)
{
    /// <summary>Measures a frame of RGB pixels.</summary>
    /// <param name="rgb24">H×W×3 bytes.</param>
    /// <param name="widthPixels">W, at least 1.</param>
    /// <param name="heightPixels">H, at least 1.</param>
    /// <exception cref="ArgumentException">The number of bytes is not H·W·3.</exception>
    public static LumaStatistics Of(ReadOnlySpan<byte> rgb24, int widthPixels, int heightPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthPixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(heightPixels);
        int pixels = checked(widthPixels * heightPixels);
        byte[] rented = ArrayPool<byte>.Shared.Rent(pixels);
        try
        {
            Span<byte> luma = rented.AsSpan(0, pixels);
            Luma.Convert(rgb24, luma);
            return OfLuma(luma, widthPixels, heightPixels);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static LumaStatistics OfLuma(ReadOnlySpan<byte> luma, int width, int height)
    {
        long sum = 0, squares = 0, across = 0, down = 0;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = luma.Slice(y * width, width);
            ReadOnlySpan<byte> below = y + 1 < height ? luma.Slice((y + 1) * width, width) : row;
            for (int x = 0; x < row.Length; x++)
            {
                int value = row[x];
                sum += value;
                squares += value * value;
                int d = below[x] - value;
                down += d * d;
                if (x + 1 >= row.Length) continue;
                int r = row[x + 1] - value;
                across += r * r;
            }
        }

        double count = (double)width * height;
        return new LumaStatistics(
            sum / count,
            Math.Sqrt(Variance(sum, squares, (long)width * height)),
            PerNeighbour(across, (width - 1L) * height) + PerNeighbour(down, width * (height - 1L)),
            LaplacianOf(luma, width, height));
    }

    private static double LaplacianOf(ReadOnlySpan<byte> luma, int width, int height)
    {
        if (width < 3 || height < 3) return 0;
        long sum = 0, squares = 0;
        for (int y = 1; y + 1 < height; y++)
        {
            ReadOnlySpan<byte> above = luma.Slice((y - 1) * width, width), row = luma.Slice(y * width, width), below = luma.Slice((y + 1) * width, width);
            for (int x = 1; x + 1 < row.Length; x++)
            {
                int l = 4 * row[x] - row[x - 1] - row[x + 1] - above[x] - below[x];
                sum += l;
                squares += l * l;
            }
        }

        return Variance(sum, squares, (width - 2L) * (height - 2));
    }

    private static double PerNeighbour(long sum, long count) => count == 0 ? 0 : (double)sum / count;

    // (n Σx² − (Σx)²)/n², in 128-bit whole numbers: no cancellation.
    private static double Variance(long sum, long squares, long count) => (double)((Int128)count * squares - (Int128)sum * sum) / ((double)count * count);
}
