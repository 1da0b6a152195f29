namespace GeoAlign.Models;

/// <summary>Where decoded pixels go, <c>frames × rows × columns × 3</c>: rounded to bytes, or into weighted sums over tiles.</summary>
internal readonly ref struct PixelTarget
{
    private readonly Span<byte> _bytes;
    private readonly Span<float> _sums, _weights;

    /// <summary>An rgb24 video that is decoded in a single tile.</summary>
    public PixelTarget(Span<byte> bytes) => _bytes = bytes;

    /// <summary>Sums of pixel · blend weight, and sums of the weights, <c>[rows, columns]</c>; both start at zero.</summary>
    public PixelTarget(Span<float> sums, Span<float> weights)
    {
        _sums = sums;
        _weights = weights;
    }

    /// <summary>[−1, 1] to 0 … 255, rounded to the nearest.</summary>
    public static byte ToByte(float value) => (byte)Math.Clamp(MathF.Round((value + 1) * 127.5f), 0, 255);

    /// <summary>Adds the weights of a tile, <c>[rows, columns]</c>. Bytes have none.</summary>
    public void AddWeights(LatentShape shape, VaeTile rectangle, ReadOnlySpan<float> blend)
    {
        if (!_sums.IsEmpty) LatentFrames.AddPlane(blend, rectangle, shape.WidthPixels, _weights);
    }

    /// <summary>Takes colour planes <c>[3, count, rows, columns]</c> of some frames of a tile.</summary>
    public void Take(
        LatentShape shape, VaeTile rectangle, ReadOnlySpan<float> blend, int firstFrame, int count, ReadOnlySpan<float> planes)
    {
        int area = rectangle.Rows * rectangle.Columns, plane = count * area, from = 0;
        for (int frame = firstFrame; frame < firstFrame + count; frame++)
        {
            for (int row = 0; row < rectangle.Rows; row++)
            {
                int to = ((frame * shape.HeightPixels + rectangle.Row + row) * shape.WidthPixels + rectangle.Column) * 3;
                for (int column = 0; column < rectangle.Columns; column++, from++, to += 3)
                {
                    float weight = blend[from % area];
                    for (int colour = 0; colour < 3; colour++) Put(to + colour, planes[colour * plane + from], weight);
                }
            }
        }
    }

    private void Put(int index, float value, float weight)
    {
        if (_sums.IsEmpty) _bytes[index] = ToByte(value);
        else _sums[index] += value * weight;
    }
}
