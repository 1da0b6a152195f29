namespace GeoAlign.Rewards;

/// <summary>Resizes 8-bit RGB images and crops the result, bit for bit as Pillow's <c>resize</c>. Weights are computed once; not for use by two threads at a time.</summary>
/// <remarks>
/// Two passes, across and then down, each rounded and clamped to 8 bits; a pass that changes no size is left out. The rounding in between
/// makes it differ from a resize in floating point, by up to many levels where the clamp acts: the two are not interchangeable.
/// </remarks>
public sealed class EightBitResampler
{
    private const int Half = 1 << (ResampleTaps.Bits - 1);

    private readonly ImageSize _input;
    private readonly ImageSize _output;
    private readonly int _left;
    private readonly int _top;
    private readonly ResampleTaps? _across;
    private readonly ResampleTaps? _down;
    private readonly int _firstRow;                 // rows of the input that the second pass reads
    private readonly byte[] _rows;                  // after the first pass: these rows, of the output's width
    private readonly int[] _sums;                   // one output row of the second pass

    /// <summary>Prepares the resize of a whole image.</summary>
    public EightBitResampler(ImageSize input, ImageSize resized, ResampleFilter filter)
        : this(input, resized, 0, 0, resized, filter)
    {
    }

    /// <summary>Prepares a resize to <paramref name="resized"/> of which only a part is wanted.</summary>
    /// <param name="input">Size of the images.</param>
    /// <param name="resized">Size of the whole result.</param>
    /// <param name="left">First column wanted.</param>
    /// <param name="top">First row wanted.</param>
    /// <param name="output">Size of the part wanted.</param>
    /// <param name="filter">Kernel.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the part leaves the result.</exception>
    public EightBitResampler(ImageSize input, ImageSize resized, int left, int top, ImageSize output, ResampleFilter filter)
    {
        if (input is not { WidthPixels: > 0, HeightPixels: > 0 }) throw new ArgumentException($"The input size {input} is empty.", nameof(input));
        if (output is not { WidthPixels: > 0, HeightPixels: > 0 }) throw new ArgumentException($"The output size {output} is empty.", nameof(output));
        if (left < 0 || top < 0 || left > resized.WidthPixels - output.WidthPixels || top > resized.HeightPixels - output.HeightPixels)
            throw new ArgumentException($"The part {output} at ({left}, {top}) leaves the resized image {resized}.", nameof(output));

        (_input, _output, _left, _top) = (input, output, left, top);
        if (resized.WidthPixels != input.WidthPixels)
            _across = ResampleTaps.Of(input.WidthPixels, resized.WidthPixels, left, output.WidthPixels, filter);
        if (resized.HeightPixels != input.HeightPixels)
            _down = ResampleTaps.Of(input.HeightPixels, resized.HeightPixels, top, output.HeightPixels, filter);

        _firstRow = _down?.First[0] ?? top;
        int lastRow = _down is null ? top + output.HeightPixels : _down.First[^1] + _down.Count[^1];
        _rows = new byte[(lastRow - _firstRow) * output.WidthPixels * 3];
        _sums = new int[3 * output.WidthPixels];
    }

    /// <summary>Resizes one image.</summary>
    /// <param name="rgb">H×W×3 bytes of the input size.</param>
    /// <param name="result">Room for H×W×3 bytes of the output size.</param>
    public void Resample(ReadOnlySpan<byte> rgb, Span<byte> result)
    {
        int expected = 3 * _input.WidthPixels * _input.HeightPixels, room = 3 * _output.WidthPixels * _output.HeightPixels;
        if (rgb.Length != expected) throw new ArgumentException($"{rgb.Length} bytes, expected {expected} for {_input} RGB pixels.", nameof(rgb));
        if (result.Length != room) throw new ArgumentException($"Room for {result.Length} bytes, expected {room} for {_output} RGB pixels.", nameof(result));

        int inputRow = 3 * _input.WidthPixels, outputRow = 3 * _output.WidthPixels;
        for (int y = 0; y < _rows.Length / outputRow; y++)
        {
            ReadOnlySpan<byte> source = rgb.Slice((_firstRow + y) * inputRow, inputRow);
            Span<byte> target = _rows.AsSpan(y * outputRow, outputRow);
            if (_across is null) source.Slice(3 * _left, outputRow).CopyTo(target);
            else Across(_across, source, target);
        }

        if (_down is null) _rows.CopyTo(result);
        else Down(_down, outputRow, result);
    }

    private static void Across(ResampleTaps taps, ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int i = 0; i < taps.First.Length; i++)
        {
            ReadOnlySpan<int> weights = taps.Weights.AsSpan(i * taps.Stride, taps.Count[i]);
            ReadOnlySpan<byte> pixels = source.Slice(3 * taps.First[i], 3 * weights.Length);
            int r = Half, g = Half, b = Half;
            for (int j = 0; j < weights.Length; j++)
            {
                int w = weights[j];
                r += pixels[3 * j] * w;
                g += pixels[3 * j + 1] * w;
                b += pixels[3 * j + 2] * w;
            }

            target[3 * i] = Clamp(r);
            target[3 * i + 1] = Clamp(g);
            target[3 * i + 2] = Clamp(b);
        }
    }

    private void Down(ResampleTaps taps, int row, Span<byte> result)
    {
        Span<int> sums = _sums;
        for (int i = 0; i < taps.First.Length; i++)
        {
            sums.Fill(Half);
            for (int j = 0; j < taps.Count[i]; j++)
            {
                int w = taps.Weights[i * taps.Stride + j];
                ReadOnlySpan<byte> source = _rows.AsSpan((taps.First[i] - _firstRow + j) * row, row);
                for (int x = 0; x < source.Length; x++) sums[x] += source[x] * w;
            }

            Span<byte> target = result.Slice(i * row, row);
            for (int x = 0; x < target.Length; x++) target[x] = Clamp(sums[x]);
        }
    }

    private static byte Clamp(int fixedPoint) => (byte)Math.Clamp(fixedPoint >> ResampleTaps.Bits, 0, 255);
}
