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
        for (int i = 0; i < video.Length; i++) latents[LatentIndex(shape, i)] = video[i] / 127.5f - 1;
    }

    /// <inheritdoc/>
    public void Decode(LatentShape shape, ReadOnlySpan<float> latents, Span<byte> video)
    {
        Check(shape, video.Length, latents.Length);
        for (int i = 0; i < video.Length; i++)
            video[i] = (byte)Math.Clamp(MathF.Round((latents[LatentIndex(shape, i)] + 1) * 127.5f), 0, 255);
    }

    // Index of the latent number that holds a byte of rgb24.
    private static int LatentIndex(LatentShape shape, int at)
    {
        (int pixel, int colour) = Math.DivRem(at, Colours);
        (int line, int x) = Math.DivRem(pixel, shape.WidthPixels);
        (int frame, int y) = Math.DivRem(line, shape.HeightPixels);
        int channel = (colour * Side + y % Side) * Side + x % Side;
        return ((channel * shape.Frames + frame) * shape.Height + y / Side) * shape.Width + x / Side;
    }

    private static void Check(LatentShape shape, int video, int latents)
    {
        if (shape.Layout != LatentLayout.FoldedPixels)
            throw new ArgumentException($"The codec makes latents of the layout {LatentLayout.FoldedPixels}, not of {shape.Layout}.", nameof(shape));
        if (video != shape.VideoBytes) throw new ArgumentException($"video has {video} bytes, expected {shape.VideoBytes}.", nameof(video));
        if (latents != shape.Count) throw new ArgumentException($"latents has {latents} numbers, expected {shape.Count}.", nameof(latents));
    }
}
