namespace GeoAlign.Sampling;

/// <summary>Puts clips next to each other for comparison, the first on the left.</summary>
public static class SideBySide
{
    /// <summary>A clip as wide as all clips together.</summary>
    /// <exception cref="ArgumentException">No clip, or clips that differ in size, frame count or frame rate.</exception>
    public static VideoClip Of(params ReadOnlySpan<VideoClip> clips)
    {
        if (clips.IsEmpty) throw new ArgumentException("No clip was given.", nameof(clips));
        VideoClip first = clips[0];
        for (int i = 1; i < clips.Length; i++)
        {
            if (clips[i].Size != first.Size || clips[i].FrameCount != first.FrameCount || clips[i].FrameRate != first.FrameRate)
                throw new ArgumentException($"Clip {i} is {Describe(clips[i])}, the first is {Describe(first)}; expected equal clips.", nameof(clips));
        }

        int row = 3 * first.Width, rows = first.FrameCount * first.Height;
        byte[] pixels = new byte[checked(row * rows * clips.Length)];
        for (int i = 0; i < clips.Length; i++)
        {
            ReadOnlySpan<byte> source = clips[i].Rgb24.Span;
            for (int y = 0; y < rows; y++) source.Slice(y * row, row).CopyTo(pixels.AsSpan((y * clips.Length + i) * row));
        }

        return VideoClip.Adopt(pixels, new FrameSize(first.Width * clips.Length, first.Height), first.FrameRate);
    }

    private static string Describe(VideoClip clip) => $"{clip.FrameCount} frames of {clip.Size} at {clip.FrameRate} per second";
}
