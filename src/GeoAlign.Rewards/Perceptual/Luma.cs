namespace GeoAlign.Rewards;

/// <summary>Luma of RGB pixels in whole grey levels, 0 to 255, exactly as Pillow's conversion to mode "L".</summary>
/// <remarks><c>L = (19595 R + 38470 G + 7471 B + 32768) &gt;&gt; 16</c>: ITU-R BT.601 weights in 16-bit fixed point, rounded to nearest.</remarks>
public static class Luma
{
    /// <summary>Luma of one pixel.</summary>
    public static byte Of(byte red, byte green, byte blue) => (byte)((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);

    /// <summary>Luma of pixels in the order red, green, blue.</summary>
    /// <param name="rgb24">3 bytes a pixel.</param>
    /// <param name="luma">One byte a pixel.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Convert(ReadOnlySpan<byte> rgb24, Span<byte> luma)
    {
        if (rgb24.Length != 3L * luma.Length)
            throw new ArgumentException($"{rgb24.Length} bytes of RGB for {luma.Length} pixels, expected {3L * luma.Length}.", nameof(rgb24));
        for (int i = 0, k = 0; i < luma.Length; i++, k += 3) luma[i] = Of(rgb24[k], rgb24[k + 1], rgb24[k + 2]);
    }
}
