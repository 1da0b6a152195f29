namespace GeoAlign.Sampling;

/// <summary>Turns video files into rgb24 frames. The suite uses <see cref="FfmpegFrameDecoder"/>; an application may plug in its own.</summary>
public interface IFrameDecoder
{
    /// <summary>Finds out what a file or a folder of frames holds, without decoding it.</summary>
    /// <exception cref="VideoException">Not a readable video; the message names it and says why.</exception>
    Task<VideoInfo> ProbeAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Decodes frames in order, as H × W × 3 bytes, upright, in the requested size.</summary>
    /// <param name="video">What <see cref="ProbeAsync"/> returned.</param>
    /// <param name="request">Size and frames wanted.</param>
    /// <param name="cancellationToken">Stops decoding and frees everything behind it.</param>
    /// <returns>
    /// Frames, fewer than asked for when the video ends early. A frame's memory is reused for the next: copy what must stay. Leaving the
    /// loop early is allowed.
    /// </returns>
    /// <exception cref="VideoException">The video is damaged: every frame up to the end, or to the last one asked for, must decode.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> DecodeAsync(VideoInfo video, FrameRequest request, CancellationToken cancellationToken = default);

    /// <summary>Finds out when each frame is shown. Without it, a decoder's frames count as evenly spaced at <see cref="VideoInfo.FrameRate"/>.</summary>
    /// <param name="video">What <see cref="ProbeAsync"/> returned.</param>
    /// <param name="decode">
    /// Whether every frame is decoded for it, which also shows all damage; otherwise the container is asked, where it can be relied upon.
    /// </param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>A time for each frame that <see cref="DecodeAsync"/> would hand out; null when they are not known.</returns>
    /// <exception cref="VideoException">Frames are decoded, and the video is damaged anywhere.</exception>
    Task<FrameTimes?> ReadTimesAsync(VideoInfo video, bool decode, CancellationToken cancellationToken = default) => Task.FromResult<FrameTimes?>(null);
}
