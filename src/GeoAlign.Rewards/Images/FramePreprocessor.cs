namespace GeoAlign.Rewards;

/// <summary>Brings the frames of one video to a network's size and numbers. Not for use by two threads at a time.</summary>
public sealed class FramePreprocessor
{
    private readonly EightBitResampler? _resampler;
    private readonly PixelNormalisation _normalisation;
    private readonly byte[] _resized;
    private readonly ImageSize _input;

    /// <summary>Prepares frames of one size.</summary>
    /// <param name="input">Size of the frames.</param>
    /// <param name="target">Size of the network's input.</param>
    /// <param name="mode">How to get from one to the other.</param>
    /// <param name="normalisation">Numbers of the network's input.</param>
    /// <exception cref="ArgumentException">No resize is allowed and the sizes differ.</exception>
    public FramePreprocessor(ImageSize input, ImageSize target, ResizeMode mode, PixelNormalisation normalisation)
    {
        ArgumentNullException.ThrowIfNull(normalisation);
        _normalisation = normalisation.Validated();
        (_input, Target) = (input, target);
        _resized = new byte[3 * target.WidthPixels * target.HeightPixels];
        if (input == target) return;
        switch (mode)
        {
            case ResizeMode.CoverLanczosBicubic:
                CoverCrop crop = CoverCrop.Of(input, target);
                _resampler = new EightBitResampler(input, crop.Resized, crop.Left, crop.Top, target, crop.Filter);
                break;
            case ResizeMode.StretchBicubic:
                _resampler = new EightBitResampler(input, target, ResampleFilter.Bicubic);
                break;
            default:
                throw new ArgumentException($"Frames are {input}, the network takes {target}, and its resize mode is 'none'.", nameof(input));
        }
    }

    /// <summary>Size of the network's input.</summary>
    public ImageSize Target { get; }

    /// <summary>Writes one frame.</summary>
    /// <param name="rgb">H×W×3 bytes of the input size.</param>
    /// <param name="planes">Room for 3×H×W numbers of the network's size.</param>
    public void Write(ReadOnlySpan<byte> rgb, Span<float> planes) => _normalisation.Write(Resized(rgb), planes);

    /// <summary>The frame at the network's size, 8 bits, H×W×3; valid until the next call.</summary>
    public ReadOnlySpan<byte> Resized(ReadOnlySpan<byte> rgb)
    {
        if (_resampler is null)
        {
            if (rgb.Length != _resized.Length) throw new ArgumentException($"{rgb.Length} bytes, expected {_resized.Length} for {_input} RGB pixels.", nameof(rgb));
            return rgb;
        }

        _resampler.Resample(rgb, _resized);
        return _resized;
    }
}
