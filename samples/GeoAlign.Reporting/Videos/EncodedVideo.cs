using GeoAlign.Sampling;

namespace GeoAlign.Reporting;

/// <summary>A clip as a video file in memory.</summary>
internal static class EncodedVideo
{
    /// <summary>H.264 in MP4, yuv420p. Odd sizes get their last column or row twice, because that format needs even ones.</summary>
    public static async Task<byte[]> Mp4Async(VideoClip clip, CancellationToken cancellationToken)
    {
        string file = Path.Combine(Path.GetTempPath(), $"geoalign-report-{Guid.NewGuid():N}.mp4");
        try
        {
            await new VideoWriter().WriteMp4Async(WithEvenSize(clip), file, constantRateFactor: 20, cancellationToken);
            return await File.ReadAllBytesAsync(file, cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static VideoClip WithEvenSize(VideoClip clip)
    {
        FrameSize size = new(clip.Width + clip.Width % 2, clip.Height + clip.Height % 2);
        if (size == clip.Size) return clip;

        byte[] pixels = new byte[size.Rgb24Bytes * clip.FrameCount];
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            ReadOnlySpan<byte> source = clip.Frame(frame).Span;
            Span<byte> target = pixels.AsSpan(frame * size.Rgb24Bytes, size.Rgb24Bytes);
            for (int y = 0; y < size.Height; y++)
            {
                ReadOnlySpan<byte> row = source.Slice(Math.Min(y, clip.Height - 1) * 3 * clip.Width, 3 * clip.Width);
                Span<byte> written = target.Slice(y * 3 * size.Width, 3 * size.Width);
                row.CopyTo(written);
                if (size.Width > clip.Width) row[^3..].CopyTo(written[^3..]);
            }
        }

        return new(pixels, size, clip.FrameRate);
    }
}
