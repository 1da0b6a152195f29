namespace GeoAlign.Miniature;

/// <summary>The 3 × 3 binomial filter (1 2 1)ᵀ(1 2 1)/16 on every plane of a frame; beyond the border, pixels repeat.</summary>
internal static class BinomialBlur
{
    /// <summary>Blurs a frame.</summary>
    /// <param name="planes">Planes of <paramref name="width"/> · <paramref name="height"/> numbers.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="blurred">As many numbers; not the same memory.</param>
    public static void Apply(ReadOnlySpan<float> planes, int width, int height, Span<float> blurred)
    {
        int plane = width * height;
        for (int start = 0; start < planes.Length; start += plane)
        {
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<float> above = planes.Slice(start + Math.Max(y - 1, 0) * width, width);
                ReadOnlySpan<float> here = planes.Slice(start + y * width, width);
                ReadOnlySpan<float> below = planes.Slice(start + Math.Min(y + 1, height - 1) * width, width);
                Span<float> row = blurred.Slice(start + y * width, width);
                float left = Column(above, here, below, 0), middle = left;
                for (int x = 0; x < width; x++)
                {
                    float right = Column(above, here, below, Math.Min(x + 1, width - 1));
                    row[x] = (left + 2 * middle + right) / 16;
                    (left, middle) = (middle, right);
                }
            }
        }
    }

    private static float Column(ReadOnlySpan<float> above, ReadOnlySpan<float> here, ReadOnlySpan<float> below, int x) =>
        above[x] + 2 * here[x] + below[x];
}
