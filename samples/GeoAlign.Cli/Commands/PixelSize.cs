using System.Globalization;

namespace GeoAlign.Cli;

/// <summary>Sizes as they are typed: 1280x720.</summary>
internal static class PixelSize
{
    /// <exception cref="UsageException">Not two positive whole numbers.</exception>
    public static (int Width, int Height) Parse(string text)
    {
        string[] parts = text.Split('x', 'X');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width > 0
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height) && height > 0
            ? (width, height)
            : throw new UsageException($"--size is '{text}', expected WIDTHxHEIGHT in pixels, such as 1280x720");
    }
}
