namespace GeoAlign.Models;

/// <summary>A video in managed memory, <c>frames × rows × columns × 3</c>, as bytes or as numbers in [−1, 1].</summary>
internal readonly ref struct PixelSource
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<float> _values;

    /// <summary>An rgb24 video.</summary>
    public PixelSource(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>A video of numbers in [−1, 1].</summary>
    public PixelSource(ReadOnlySpan<float> values) => _values = values;

    /// <summary>Copies a rectangle of some frames as colour planes <c>[3, count, rows, columns]</c>.</summary>
    public void CopyPlanes(LatentShape shape, VaeTile rectangle, int firstFrame, int count, Span<float> planes)
    {
        int plane = count * rectangle.Rows * rectangle.Columns, at = 0;
        for (int frame = firstFrame; frame < firstFrame + count; frame++)
        {
            for (int row = rectangle.Row; row < rectangle.Row + rectangle.Rows; row++)
            {
                int from = ((frame * shape.HeightPixels + row) * shape.WidthPixels + rectangle.Column) * 3;
                for (int column = 0; column < rectangle.Columns; column++, at++, from += 3)
                {
                    planes[at] = Value(from);
                    planes[plane + at] = Value(from + 1);
                    planes[2 * plane + at] = Value(from + 2);
                }
            }
        }
    }

    private float Value(int index) => _bytes.IsEmpty ? _values[index] : _bytes[index] / 127.5f - 1;
}
