using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Evaluate;

/// <summary>Videos as the figures and networks take them.</summary>
internal static class VideoPixels
{
    /// <summary>Rate of folders of frames, which have none: ReDirector's.</summary>
    public static FrameRate FolderRate { get; } = new(30);

    /// <summary>Decodes a video.</summary>
    public static async Task<VideoFrames> ReadAsync(VideoReader reader, string video, VideoReadOptions options, CancellationToken stop)
    {
        VideoClip clip = await reader.ReadAsync(video, options with { FolderFrameRate = FolderRate }, stop);
        return new VideoFrames(clip.Rgb24, clip.Width, clip.Height, clip.FrameCount, clip.FrameRate.FramesPerSecond);
    }
}
