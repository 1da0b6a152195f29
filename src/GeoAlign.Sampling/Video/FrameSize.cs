using System.Globalization;

namespace GeoAlign.Sampling;

/// <summary>Width and height of a frame in pixels.</summary>
/// <param name="Width">Pixels per row, above 0.</param>
/// <param name="Height">Rows, above 0.</param>
public readonly record struct FrameSize(int Width, int Height)
{
    /// <summary>Bytes of one rgb24 frame.</summary>
    public int Rgb24Bytes => checked(3 * Width * Height);

    /// <summary>"832×480".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}×{Height}");

    internal bool IsPositive => Width > 0 && Height > 0;
}
