using GeoAlign.Rewards;

namespace GeoAlign.Models;

/// <summary>Videos without colour.</summary>
internal static class Luma
{
    /// <summary>The video with its luma in all three channels.</summary>
    /// <remarks><c>L = (19595·R + 38470·G + 7471·B + 2¹⁵) / 2¹⁶</c>, rounded down: Rec. 601 weights in 16-bit fixed point, as Pillow's mode L.</remarks>
    public static VideoFrames Of(VideoFrames video)
    {
        ReadOnlySpan<byte> source = video.Rgb24.Span;
        byte[] grey = new byte[source.Length];
        for (int i = 0; i < source.Length; i += 3)
        {
            byte level = (byte)((19595 * source[i] + 38470 * source[i + 1] + 7471 * source[i + 2] + 0x8000) >> 16);
            (grey[i], grey[i + 1], grey[i + 2]) = (level, level, level);
        }

        return new VideoFrames(grey, video.WidthPixels, video.HeightPixels, video.FrameCount, video.FramesPerSecond);
    }
}
