using GeoAlign.Rewards;

namespace GeoAlign.Models;

/// <summary>Videos without colour.</summary>
internal static class GreyVideo
{
    /// <summary>The video with its <see cref="Luma"/> in all three channels.</summary>
    public static VideoFrames Of(VideoFrames video)
    {
        ReadOnlySpan<byte> source = video.Rgb24.Span;
        byte[] grey = new byte[source.Length];
        for (int i = 0; i < source.Length; i += 3)
            grey.AsSpan(i, 3).Fill(Luma.Of(source[i], source[i + 1], source[i + 2]));
        return new VideoFrames(grey, video.WidthPixels, video.HeightPixels, video.FrameCount, video.FramesPerSecond);
    }
}
