namespace GeoAlign.Sampling;

/// <summary>Some frames of a clip in one picture, in reading order.</summary>
public static class ContactSheet
{
    /// <summary>Space between the pictures, in pixels.</summary>
    public const int Gap = 4;

    /// <summary>A clip of one frame: the first and the last frame and others evenly between, in rows, on white.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="pictures">How many frames; no more than the clip has.</param>
    /// <param name="across">Pictures per row.</param>
    /// <param name="pictureWidth">Width of a picture; no wider than the clip.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static VideoClip Of(VideoClip clip, int pictures, int across, int pictureWidth)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pictures);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(across);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pictureWidth);
        int[] frames = Frames(clip.FrameCount, pictures);
        int width = Math.Min(pictureWidth, clip.Width);
        VideoClip small = ClipScaling.Shrink(clip, new FrameSize(width, Math.Max(1, (int)Math.Round((double)width * clip.Height / clip.Width))));

        across = Math.Min(across, frames.Length);
        int down = (frames.Length + across - 1) / across;
        FrameSize size = new(across * small.Width + (across - 1) * Gap, down * small.Height + (down - 1) * Gap);
        byte[] pixels = new byte[size.Rgb24Bytes];
        Array.Fill(pixels, (byte)255);
        for (int i = 0; i < frames.Length; i++)
        {
            ReadOnlySpan<byte> source = small.Frame(frames[i]).Span;
            int left = i % across * (small.Width + Gap), top = i / across * (small.Height + Gap);
            for (int y = 0; y < small.Height; y++)
                source.Slice(3 * y * small.Width, 3 * small.Width).CopyTo(pixels.AsSpan(3 * ((top + y) * size.Width + left)));
        }

        return VideoClip.Adopt(pixels, size, clip.FrameRate);
    }

    /// <summary>The frames of a sheet.</summary>
    internal static int[] Frames(int frameCount, int pictures)
    {
        int count = Math.Min(pictures, frameCount);
        return count == 1 ? [0] : [.. Enumerable.Range(0, count).Select(i => (int)Math.Round((double)i * (frameCount - 1) / (count - 1)))];
    }
}
