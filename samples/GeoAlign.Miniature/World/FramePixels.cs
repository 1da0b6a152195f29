namespace GeoAlign.Miniature;

/// <summary>Between planes of floats in [−1, 1], [3, H, W], and bytes with the channels last, [H, W, 3]: 0 is −1, 255 is 1.</summary>
internal static class FramePixels
{
    /// <summary>Rounds to bytes; values outside of [−1, 1] become the nearest end.</summary>
    /// <param name="planar">[3, H, W].</param>
    /// <param name="rgb24">[H, W, 3], as many bytes.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of 3, or a value is NaN.</exception>
    public static void ToRgb24(ReadOnlySpan<float> planar, Span<byte> rgb24)
    {
        int pixels = CheckedPixels(planar.Length, rgb24.Length);
        for (int channel = 0; channel < 3; channel++)
        {
            ReadOnlySpan<float> plane = planar.Slice(channel * pixels, pixels);
            for (int i = 0; i < pixels; i++)
            {
                if (float.IsNaN(plane[i])) throw new ArgumentException($"Pixel {i} of channel {channel} is NaN.", nameof(planar));
                rgb24[3 * i + channel] = (byte)MathF.Round(127.5f * (Math.Clamp(plane[i], -1, 1) + 1));
            }
        }
    }

    /// <summary>The inverse, up to rounding.</summary>
    /// <param name="rgb24">[H, W, 3].</param>
    /// <param name="planar">[3, H, W], as many numbers.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of 3.</exception>
    public static void FromRgb24(ReadOnlySpan<byte> rgb24, Span<float> planar)
    {
        int pixels = CheckedPixels(planar.Length, rgb24.Length);
        for (int channel = 0; channel < 3; channel++)
        {
            for (int i = 0; i < pixels; i++) planar[channel * pixels + i] = rgb24[3 * i + channel] / 127.5f - 1;
        }
    }

    private static int CheckedPixels(int planar, int rgb24) => planar == rgb24 && planar % 3 == 0
        ? planar / 3
        : throw new ArgumentException($"{planar} planar numbers and {rgb24} bytes; expected the same number, three per pixel.");
}
