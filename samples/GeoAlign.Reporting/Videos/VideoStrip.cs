using GeoAlign.Sampling;

namespace GeoAlign.Reporting;

/// <summary>All frames of a clip in one picture, row by row: exact pixels that a script can show in any order without a decoder's delay.</summary>
/// <param name="Png">The picture.</param>
/// <param name="FramesAcross">Frames per row of the picture.</param>
internal sealed record VideoStrip(byte[] Png, int FramesAcross)
{
    // 81 frames of 96 × 96 pixels: about 1 MB of PNG at worst. Beyond that a video codec is worth its delay and losses.
    private const long MaximumPixels = 81L * 96 * 96;

    // Browsers draw pictures up to at least 4096 pixels a side.
    private const int MaximumSide = 4096;

    /// <summary>Whether a clip is small enough for a strip.</summary>
    public static bool Suits(VideoClip clip) => (long)clip.FrameCount * clip.Width * clip.Height <= MaximumPixels && clip.Width <= 512 && clip.Height <= 512;

    /// <summary>Lays the frames out about as wide as high.</summary>
    /// <exception cref="ArgumentException">The clip is too large for a strip.</exception>
    public static VideoStrip Of(VideoClip clip)
    {
        int across = (int)Math.Ceiling(Math.Sqrt((double)clip.FrameCount * clip.Height / clip.Width));
        across = Math.Clamp(across, 1, Math.Min(clip.FrameCount, Math.Max(1, MaximumSide / clip.Width)));
        int down = (clip.FrameCount + across - 1) / across;
        if (across * clip.Width > MaximumSide || down * clip.Height > MaximumSide)
            throw new ArgumentException($"{clip.FrameCount} frames of {clip.Size} are too many pixels for a strip; use {nameof(VideoEncoding)}.{nameof(VideoEncoding.Mp4)}.", nameof(clip));

        int row = 3 * clip.Width, stripRow = across * row;
        byte[] pixels = new byte[stripRow * down * clip.Height];
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            ReadOnlySpan<byte> source = clip.Frame(frame).Span;
            int corner = frame / across * clip.Height * stripRow + frame % across * row;
            for (int y = 0; y < clip.Height; y++) source.Slice(y * row, row).CopyTo(pixels.AsSpan(corner + y * stripRow));
        }

        return new(PngPicture.Encode(pixels, across * clip.Width, down * clip.Height), across);
    }
}
