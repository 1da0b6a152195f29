using System.Globalization;

namespace GeoAlign.Rewards;

/// <summary>How VBench (arXiv 2311.17982) prepares frames for its networks: resized in float without antialiasing or clamping, then normalised.</summary>
/// <remarks>
/// A resize by the shorter side n makes the other one <c>⌊n·long/short⌋</c>. The middle crop starts at (size − n)/2, halves to even.
/// </remarks>
public sealed class VBenchTransform
{
    private readonly Func<ImageSize, ImageSize> _resized;
    private readonly InterpolationKernel _kernel;
    private readonly int? _cropPixels;
    private readonly PixelNormalisation _normalisation;

    private VBenchTransform(Func<ImageSize, ImageSize> resized, InterpolationKernel kernel, int? cropPixels, PixelNormalisation normalisation) =>
        (_resized, _kernel, _cropPixels, _normalisation) = (resized, kernel, cropPixels, normalisation);

    /// <summary>For CLIP (background consistency, aesthetic quality): bicubic, shorter side and middle crop to a square.</summary>
    public static VBenchTransform Clip(int sidePixels = 224) =>
        new(ShorterSide(sidePixels), InterpolationKernel.Bicubic, sidePixels, PixelNormalisation.Clip);

    /// <summary>For DINO (subject consistency): bilinear by the shorter side, no crop.</summary>
    public static VBenchTransform Dino(int shorterSidePixels = 224) =>
        new(ShorterSide(shorterSidePixels), InterpolationKernel.Bilinear, null, PixelNormalisation.ImageNet);

    /// <summary>For MUSIQ (imaging quality): bilinear where the longer side exceeds the bound, numbers in [0, 1].</summary>
    public static VBenchTransform Musiq(int longestSidePixels = 512) =>
        new(LongestSide(longestSidePixels), InterpolationKernel.Bilinear, null, PixelNormalisation.Unit);

    /// <summary>Prepares one frame.</summary>
    /// <param name="rgb">H×W×3 bytes.</param>
    /// <param name="size">Size of the frame.</param>
    public PlanarImage Apply(ReadOnlySpan<byte> rgb, ImageSize size)
    {
        if (size is not { WidthPixels: > 0, HeightPixels: > 0 }) throw new ArgumentException($"The size {size} is empty.", nameof(size));
        ImageSize resized = _resized(size);
        float[] pixels = new float[3 * resized.WidthPixels * resized.HeightPixels];
        FloatResampler.Interpolated(size, resized, _kernel).Resample(rgb, pixels);

        ImageSize kept = _cropPixels is { } side ? new(side, side) : resized;
        int left = Middle(resized.WidthPixels, kept.WidthPixels), top = Middle(resized.HeightPixels, kept.HeightPixels);
        float[] planes = new float[3 * kept.WidthPixels * kept.HeightPixels];
        int at = 0;
        for (int c = 0; c < 3; c++)
        {
            (float mean, float std) = (_normalisation.Mean[c], _normalisation.Std[c]);
            for (int y = 0; y < kept.HeightPixels; y++)
            {
                int row = (top + y) * resized.WidthPixels + left;
                for (int x = 0; x < kept.WidthPixels; x++) planes[at++] = (pixels[3 * (row + x) + c] / 255 - mean) / std;
            }
        }

        return new PlanarImage(kept, planes);
    }

    private static int Middle(int size, int kept) => (int)Math.Round((size - kept) / 2.0, MidpointRounding.ToEven);

    private static Func<ImageSize, ImageSize> ShorterSide(int pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pixels);
        return size => size.WidthPixels <= size.HeightPixels
            ? new(pixels, (int)((long)pixels * size.HeightPixels / size.WidthPixels))
            : new((int)((long)pixels * size.WidthPixels / size.HeightPixels), pixels);
    }

    private static Func<ImageSize, ImageSize> LongestSide(int pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pixels);
        return size =>
        {
            int longer = Math.Max(size.WidthPixels, size.HeightPixels);
            if (longer <= pixels) return size;
            double scale = (double)pixels / longer;
            ImageSize resized = new((int)(scale * size.WidthPixels), (int)(scale * size.HeightPixels));
            return resized is { WidthPixels: > 0, HeightPixels: > 0 }
                ? resized
                : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"An image of {size} has no pixel left at a longer side of {pixels}."), nameof(size));
        };
    }
}
