using System.Globalization;
using GeoAlign.Rewards;

namespace GeoAlign.Models;

/// <summary>The size that Qwen2-VL gives an image: sides of whole blocks, an area between two bounds, nearly the same aspect.</summary>
/// <remarks>
/// Qwen2-VL's published image processor. Sides go to the nearest multiple of the block, halves to even; where the area leaves the bounds, both
/// sides are scaled by one factor, then floored (too large) or raised (too small) to multiples, so the result may leave the bounds again.
/// </remarks>
public static class SmartResize
{
    /// <summary>Side of a block of 2×2 patches of 14 pixels.</summary>
    public const int BlockPixels = 28;

    private const double MostElongated = 200;

    /// <summary>Size that an image is resized to.</summary>
    /// <param name="size">Size of the image.</param>
    /// <param name="minPixels">Smallest area.</param>
    /// <param name="maxPixels">Largest area, not below the smallest.</param>
    /// <exception cref="ArgumentException">The size is empty, more elongated than 200:1, or leaves no block; or the bounds are no range.</exception>
    public static ImageSize Of(ImageSize size, long minPixels, long maxPixels)
    {
        if (size is not { WidthPixels: > 0, HeightPixels: > 0 }) throw new ArgumentException($"The size {size} is empty.", nameof(size));
        if (minPixels < 1 || maxPixels < minPixels) throw new ArgumentException($"Areas from {minPixels} to {maxPixels} pixels, expected a range above 0.", nameof(maxPixels));
        double height = size.HeightPixels, width = size.WidthPixels;
        if (Math.Max(height, width) / Math.Min(height, width) > MostElongated)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"An image of {size} is more elongated than {MostElongated}:1."), nameof(size));

        double rows = Math.Max(1, Math.Round(height / BlockPixels, MidpointRounding.ToEven));
        double columns = Math.Max(1, Math.Round(width / BlockPixels, MidpointRounding.ToEven));
        double area = rows * columns * BlockPixels * BlockPixels;
        if (area > maxPixels)
        {
            double factor = Math.Sqrt(height * width / maxPixels);
            (rows, columns) = (Math.Floor(height / factor / BlockPixels), Math.Floor(width / factor / BlockPixels));
        }
        else if (area < minPixels)
        {
            double factor = Math.Sqrt(minPixels / (height * width));
            (rows, columns) = (Math.Ceiling(height * factor / BlockPixels), Math.Ceiling(width * factor / BlockPixels));
        }

        return rows >= 1 && columns >= 1
            ? new ImageSize(checked((int)(columns * BlockPixels)), checked((int)(rows * BlockPixels)))
            : throw new ArgumentException($"An image of {size} has no block left within {maxPixels} pixels.", nameof(size));
    }
}
