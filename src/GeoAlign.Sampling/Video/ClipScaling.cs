namespace GeoAlign.Sampling;

/// <summary>Smaller pictures for looking at. Material for networks is scaled by the decoder (<see cref="VideoReadOptions.Size"/>), not here.</summary>
public static class ClipScaling
{
    /// <summary>A smaller clip: every new pixel is the mean of the area it covers.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="size">New size, at most the clip's own in both directions.</param>
    /// <exception cref="ArgumentException">A size that is not positive or larger than the clip's.</exception>
    public static VideoClip Shrink(VideoClip clip, FrameSize size)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (!size.IsPositive || size.Width > clip.Width || size.Height > clip.Height)
            throw new ArgumentException($"A clip of {clip.Size} cannot be shrunk to {size}.", nameof(size));
        byte[] pixels = new byte[clip.FrameCount * size.Rgb24Bytes];
        double[] rows = new double[3 * clip.Width];
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            ReadOnlySpan<byte> source = clip.Frame(frame).Span;
            for (int y = 0; y < size.Height; y++)
            {
                MeanOfRows(source, clip.Width, (double)y * clip.Height / size.Height, (double)(y + 1) * clip.Height / size.Height, rows);
                MeanOfColumns(rows, pixels.AsSpan(frame * size.Rgb24Bytes + 3 * y * size.Width, 3 * size.Width));
            }
        }

        return VideoClip.Adopt(pixels, size, clip.FrameRate);
    }

    // Rows from top to bottom, both possibly inside a row, which then counts for its part.
    private static void MeanOfRows(ReadOnlySpan<byte> source, int width, double top, double bottom, double[] mean)
    {
        Array.Clear(mean);
        for (int y = (int)top; y < bottom; y++)
        {
            double share = (Math.Min(bottom, y + 1) - Math.Max(top, y)) / (bottom - top);
            ReadOnlySpan<byte> row = source.Slice(3 * width * y, 3 * width);
            for (int i = 0; i < mean.Length; i++) mean[i] += share * row[i];
        }
    }

    private static void MeanOfColumns(double[] row, Span<byte> shrunk)
    {
        int width = row.Length / 3, columns = shrunk.Length / 3;
        for (int x = 0; x < columns; x++)
        {
            double left = (double)x * width / columns, right = (double)(x + 1) * width / columns;
            for (int channel = 0; channel < 3; channel++)
            {
                double sum = 0;
                for (int c = (int)left; c < right; c++) sum += (Math.Min(right, c + 1) - Math.Max(left, c)) * row[3 * c + channel];
                shrunk[3 * x + channel] = (byte)Math.Round(sum / (right - left));
            }
        }
    }
}
