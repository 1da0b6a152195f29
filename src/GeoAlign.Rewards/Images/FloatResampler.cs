namespace GeoAlign.Rewards;

/// <summary>Resizes 8-bit RGB images in float32, as PyTorch's <c>interpolate</c> does: nothing is rounded between the two passes. Not for use by two threads at a time.</summary>
/// <remarks>Not interchangeable with <see cref="EightBitResampler"/>: on saturated noise the two differ by up to 16 levels.</remarks>
public sealed class FloatResampler
{
    private readonly ImageSize _input;
    private readonly AxisWeights? _across;
    private readonly AxisWeights? _down;
    private readonly float[] _rows;                 // after the first pass: the input's rows, of the output's width
    private readonly float[] _sums;                 // one output row

    private FloatResampler(ImageSize input, ImageSize output, AxisWeights? across, AxisWeights? down)
    {
        (_input, Output, _across, _down) = (input, output, across, down);
        _rows = new float[checked(3 * input.HeightPixels * output.WidthPixels)];
        _sums = new float[3 * output.WidthPixels];
    }

    /// <summary>Size of the result.</summary>
    public ImageSize Output { get; }

    /// <summary>Antialiased bicubic with a = −0.5; a side that keeps its length is left as it is.</summary>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public static FloatResampler Antialiased(ImageSize input, ImageSize output)
    {
        Check(input, output);
        return new FloatResampler(
            input,
            output,
            input.WidthPixels == output.WidthPixels ? null : AxisWeights.Antialiased(input.WidthPixels, output.WidthPixels),
            input.HeightPixels == output.HeightPixels ? null : AxisWeights.Antialiased(input.HeightPixels, output.HeightPixels));
    }

    /// <summary>Without antialiasing: only the nearest pixels count, also when shrinking.</summary>
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    public static FloatResampler Interpolated(ImageSize input, ImageSize output, InterpolationKernel kernel)
    {
        Check(input, output);
        if (!Enum.IsDefined(kernel)) throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "Expected bilinear or bicubic.");
        return new FloatResampler(
            input,
            output,
            AxisWeights.Interpolated(input.WidthPixels, output.WidthPixels, kernel),
            AxisWeights.Interpolated(input.HeightPixels, output.HeightPixels, kernel));
    }

    /// <summary>Resizes one image; the result may overshoot 0 and 255.</summary>
    /// <param name="rgb">H×W×3 bytes of the input size.</param>
    /// <param name="result">Room for H×W×3 numbers of the output size.</param>
    public void Resample(ReadOnlySpan<byte> rgb, Span<float> result)
    {
        CheckLengths(rgb.Length, result.Length);
        Across(rgb);
        int row = _sums.Length;
        for (int y = 0; y < Output.HeightPixels; y++) Down(y, result.Slice(y * row, row));
    }

    /// <summary>Resizes one image, clamps to [0, 255] and rounds halves to even.</summary>
    /// <param name="rgb">H×W×3 bytes of the input size.</param>
    /// <param name="result">Room for H×W×3 bytes of the output size.</param>
    public void Resample(ReadOnlySpan<byte> rgb, Span<byte> result)
    {
        CheckLengths(rgb.Length, result.Length);
        Across(rgb);
        int row = _sums.Length;
        for (int y = 0; y < Output.HeightPixels; y++)
        {
            Down(y, _sums);
            Span<byte> target = result.Slice(y * row, row);
            for (int x = 0; x < target.Length; x++) target[x] = (byte)MathF.Round(Math.Clamp(_sums[x], 0, 255));
        }
    }

    private void Across(ReadOnlySpan<byte> rgb)
    {
        int inputRow = 3 * _input.WidthPixels, outputRow = 3 * Output.WidthPixels;
        for (int y = 0; y < _input.HeightPixels; y++)
        {
            ReadOnlySpan<byte> source = rgb.Slice(y * inputRow, inputRow);
            Span<float> target = _rows.AsSpan(y * outputRow, outputRow);
            if (_across is null)
            {
                for (int x = 0; x < target.Length; x++) target[x] = source[x];
                continue;
            }

            for (int i = 0; i < _across.First.Length; i++)
            {
                ReadOnlySpan<float> weights = _across.Weights.AsSpan(i * _across.Stride, _across.Count[i]);
                ReadOnlySpan<byte> pixels = source.Slice(3 * _across.First[i], 3 * weights.Length);
                float r = 0, g = 0, b = 0;
                for (int j = 0; j < weights.Length; j++)
                {
                    float w = weights[j];
                    r += pixels[3 * j] * w;
                    g += pixels[3 * j + 1] * w;
                    b += pixels[3 * j + 2] * w;
                }

                (target[3 * i], target[3 * i + 1], target[3 * i + 2]) = (r, g, b);
            }
        }
    }

    private void Down(int y, Span<float> target)
    {
        int row = target.Length;
        if (_down is null)
        {
            _rows.AsSpan(y * row, row).CopyTo(target);
            return;
        }

        target.Clear();
        for (int j = 0; j < _down.Count[y]; j++)
        {
            float w = _down.Weights[y * _down.Stride + j];
            ReadOnlySpan<float> source = _rows.AsSpan((_down.First[y] + j) * row, row);
            for (int x = 0; x < target.Length; x++) target[x] += source[x] * w;
        }
    }

    private static void Check(ImageSize input, ImageSize output)
    {
        if (input is not { WidthPixels: > 0, HeightPixels: > 0 }) throw new ArgumentException($"The input size {input} is empty.", nameof(input));
        if (output is not { WidthPixels: > 0, HeightPixels: > 0 }) throw new ArgumentException($"The output size {output} is empty.", nameof(output));
    }

    private void CheckLengths(int input, int result)
    {
        int expected = 3 * _input.WidthPixels * _input.HeightPixels, room = 3 * Output.WidthPixels * Output.HeightPixels;
        if (input != expected) throw new ArgumentException($"{input} bytes, expected {expected} for {_input} RGB pixels.", nameof(input));
        if (result != room) throw new ArgumentException($"Room for {result} numbers, expected {room} for {Output} RGB pixels.", nameof(result));
    }
}
