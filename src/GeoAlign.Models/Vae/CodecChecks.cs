using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Refuses what a codec cannot work on, before native code sees it, and results that are no numbers.</summary>
internal static class CodecChecks
{
    /// <summary>A shape is one of Wan's, with at least one frame, row and column.</summary>
    public static void Shape(LatentShape shape)
    {
        if (shape.Layout != LatentLayout.Wan)
            throw new ArgumentException($"The codec makes latents of the layout {LatentLayout.Wan}, not of {shape.Layout}.", nameof(shape));
        if (shape.Frames < 1 || shape.Height < 1 || shape.Width < 1)
            throw new ArgumentException($"{shape}: expected at least one frame, one row and one column.", nameof(shape));
    }

    /// <summary>A video buffer fits the shape.</summary>
    public static void VideoLength(LatentShape shape, int length, string name)
    {
        if (length == shape.VideoBytes) return;
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"{name} has {length} elements, expected {shape.VideoBytes} for ") + Size(shape), name);
    }

    /// <summary>A latent buffer fits the shape.</summary>
    public static void LatentLength(LatentShape shape, int length, string name)
    {
        if (length == shape.Count) return;
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"{name} has {length} elements, expected {shape.Count} for [16, {shape.Frames}, {shape.Height}, {shape.Width}]."), name);
    }

    /// <summary>All inputs are finite.</summary>
    public static void Finite(ReadOnlySpan<float> values, string name)
    {
        int bad = values.IndexOfAnyExceptFinite();
        if (bad < 0) return;
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"{name}[{bad}] is {values[bad]}, expected a finite number."), name);
    }

    /// <summary>The network gave finite numbers.</summary>
    public static void FiniteResult(ReadOnlySpan<float> values, string what, int latentFrame)
    {
        int bad = values.IndexOfAnyExceptFinite();
        if (bad < 0) return;
        throw new NotFiniteNumberException(string.Create(CultureInfo.InvariantCulture,
            $"{what} latent frame {latentFrame} gave {values[bad]}, expected finite numbers: ")
            + "the weights are damaged, or the inputs are far from any video.", values[bad]);
    }

    private static string Size(LatentShape shape) => string.Create(CultureInfo.InvariantCulture,
        $"{shape.VideoFrames} frames of {shape.HeightPixels}×{shape.WidthPixels} pixels × 3.");
}
