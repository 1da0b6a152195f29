namespace GeoAlign.Models;

/// <summary>Pixels in [−1, 1] as latents: the 2×2 pixels of a cell become its channels. Nothing is lost but clamping and rounding.</summary>
/// <remarks>Ours, for networks that work on pixels: channel = 4·colour + 2·row + column inside the cell. No frame is joined with another.</remarks>
public sealed class FoldedPixelCodec : ILatentCodec
{
    private const int Side = 2, Colours = 3;

    /// <inheritdoc/>
    public void Encode(LatentShape shape, ReadOnlySpan<byte> video, Span<float> latents)
    {
        Check(shape, video.Length, latents.Length);
        for (int i = 0; i < video.Length; i++) latents[IndexOfByte(shape, i)] = video[i] / 127.5f - 1;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A latent is NaN.</exception>
    public void Decode(LatentShape shape, ReadOnlySpan<float> latents, Span<byte> video)
    {
        Check(shape, video.Length, latents.Length);
        for (int i = 0; i < video.Length; i++)
        {
            float value = latents[IndexOfByte(shape, i)];
            if (float.IsNaN(value)) throw new ArgumentException($"latents[{IndexOfByte(shape, i)}] is NaN.", nameof(latents));
            video[i] = (byte)Math.Clamp(MathF.Round((value + 1) * 127.5f), 0, 255);
        }
    }

    /// <summary>Pixels as planes to latents, without rounding.</summary>
    /// <param name="shape">Size of the latents.</param>
    /// <param name="planes"><c>[frames, 3, rows, columns]</c> in [−1, 1].</param>
    /// <param name="latents">Receives <c>[12, F, H/2, W/2]</c>.</param>
    /// <exception cref="ArgumentException">A buffer has another size than <paramref name="shape"/> says.</exception>
    public static void Fold(LatentShape shape, ReadOnlySpan<float> planes, Span<float> latents)
    {
        Check(shape, planes.Length, latents.Length);
        for (int i = 0; i < planes.Length; i++) latents[IndexOfPlanar(shape, i)] = planes[i];
    }

    /// <summary>Latents to pixels as planes, not clamped: the inverse of <see cref="Fold"/>.</summary>
    /// <param name="shape">Size of the latents.</param>
    /// <param name="latents"><c>[12, F, H/2, W/2]</c>.</param>
    /// <param name="planes">Receives <c>[frames, 3, rows, columns]</c>.</param>
    /// <exception cref="ArgumentException">A buffer has another size than <paramref name="shape"/> says.</exception>
    public static void Unfold(LatentShape shape, ReadOnlySpan<float> latents, Span<float> planes)
    {
        Check(shape, planes.Length, latents.Length);
        for (int i = 0; i < planes.Length; i++) planes[i] = latents[IndexOfPlanar(shape, i)];
    }

    // Index of the latent number that holds a byte of rgb24.
    private static int IndexOfByte(LatentShape shape, int at)
    {
        (int pixel, int colour) = Math.DivRem(at, Colours);
        (int line, int x) = Math.DivRem(pixel, shape.WidthPixels);
        (int frame, int y) = Math.DivRem(line, shape.HeightPixels);
        return LatentIndex(shape, frame, colour, y, x);
    }

    private static int IndexOfPlanar(LatentShape shape, int at)
    {
        (int line, int x) = Math.DivRem(at, shape.WidthPixels);
        (int plane, int y) = Math.DivRem(line, shape.HeightPixels);
        (int frame, int colour) = Math.DivRem(plane, Colours);
        return LatentIndex(shape, frame, colour, y, x);
    }

    private static int LatentIndex(LatentShape shape, int frame, int colour, int y, int x)
    {
        int channel = (colour * Side + y % Side) * Side + x % Side;
        return ((channel * shape.Frames + frame) * shape.Height + y / Side) * shape.Width + x / Side;
    }

    private static void Check(LatentShape shape, int video, int latents)
    {
        if (shape.Layout != LatentLayout.FoldedPixels)
            throw new ArgumentException($"The codec makes latents of the layout {LatentLayout.FoldedPixels}, not of {shape.Layout}.", nameof(shape));
        if (video != shape.VideoBytes) throw new ArgumentException($"The video has {video} values, expected {shape.VideoBytes}.", nameof(video));
        if (latents != shape.Count) throw new ArgumentException($"latents has {latents} numbers, expected {shape.Count}.", nameof(latents));
    }
}
