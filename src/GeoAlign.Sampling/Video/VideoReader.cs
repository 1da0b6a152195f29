using System.Buffers;

namespace GeoAlign.Sampling;

/// <summary>Reads video files and folders of frames into clips.</summary>
/// <param name="decoder">Where frames come from.</param>
public sealed class VideoReader(IFrameDecoder decoder)
{
    /// <summary>Reads with ffmpeg.</summary>
    /// <exception cref="FfmpegNotFoundException">ffmpeg is not installed.</exception>
    public VideoReader()
        : this(new FfmpegFrameDecoder(FfmpegExecutable.Find()))
    {
    }

    /// <summary>Size, rate and rotation, without decoding.</summary>
    /// <exception cref="VideoException">Not a readable video.</exception>
    public Task<VideoInfo> ProbeAsync(string path, CancellationToken cancellationToken = default) => decoder.ProbeAsync(path, cancellationToken);

    /// <summary>The exact number of frames. A file is decoded from end to end for it: containers may lie.</summary>
    /// <exception cref="VideoException">Not a readable video, or damaged anywhere.</exception>
    public async Task<int> CountFramesAsync(string path, CancellationToken cancellationToken = default)
    {
        VideoInfo video = await decoder.ProbeAsync(path, cancellationToken).ConfigureAwait(false);
        return await CountFramesAsync(video, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As the other form, for a video already probed.</summary>
    /// <inheritdoc cref="CountFramesAsync(string, CancellationToken)"/>
    public async Task<int> CountFramesAsync(VideoInfo video, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(video);
        if (video.FrameCount is { } known) return known;

        int frames = 0;
        FrameRequest tiny = new(new FrameSize(2, 2));                         // decoding is the cost, not the pixels handed over
        await foreach (ReadOnlyMemory<byte> _ in decoder.DecodeAsync(video, tiny, cancellationToken).ConfigureAwait(false)) frames++;
        return frames;
    }

    /// <summary>How many of the frames start, start + 1, …, start + count − 1 a video has; a file is decoded up to there.</summary>
    /// <exception cref="VideoException">Damaged before that.</exception>
    internal async Task<int> CountFramesAsync(VideoInfo video, int start, int count, CancellationToken cancellationToken)
    {
        if (video.FrameCount is { } known) return Math.Clamp(known - start, 0, count);
        int frames = 0;
        FrameRequest tiny = new(new FrameSize(2, 2), start, Count: count);
        await foreach (ReadOnlyMemory<byte> _ in decoder.DecodeAsync(video, tiny, cancellationToken).ConfigureAwait(false)) frames++;
        return frames;
    }

    /// <summary>Reads a clip.</summary>
    /// <exception cref="VideoException">
    /// Not a readable video, damaged among the frames asked for, too short (the message says how many frames were found and needed), without a
    /// frame rate, or larger than 2 GiB once decoded.
    /// </exception>
    public async Task<VideoClip> ReadAsync(string path, VideoReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new VideoReadOptions();
        VideoInfo video = await decoder.ProbeAsync(path, cancellationToken).ConfigureAwait(false);
        FrameRate rate = video.FrameRate ?? options.FolderFrameRate
            ?? throw new VideoException(path, $"a folder of frames has no frame rate of its own; give one ({nameof(VideoReadOptions)}.{nameof(VideoReadOptions.FolderFrameRate)}).");
        FrameSize size = options.Size ?? video.Size;
        FrameSelection selection = options.Frames;
        if (!size.IsPositive) throw new ArgumentException($"The clip's size is {size}, expected positive numbers.", nameof(options));

        int expected = selection.Count ?? video.FrameCount ?? 1;
        ThrowIfTooLarge(path, expected, size);
        ArrayBufferWriter<byte> pixels = new(expected * size.Rgb24Bytes);
        if (selection.Rate is { } slower && !FrameTiming.IsAtLeast(rate, slower))
            throw new VideoException(path, $"shows {rate} frames per second, {slower} are wanted; a higher rate would need frames that were never filmed.");
        int reach = selection.Rate is { } t ? checked((int)FrameTiming.NearestFrame(expected - 1, rate, t) + 1) : selection.Count ?? 0;
        FrameRequest request = new(size, selection.Start, selection.Stride, selection.Count is null ? null : reach);
        int frames = 0, decoded = 0;
        await foreach (ReadOnlyMemory<byte> frame in decoder.DecodeAsync(video, request, cancellationToken).ConfigureAwait(false))
        {
            if (selection.Rate is { } wanted && FrameTiming.NearestFrame(frames, rate, wanted) != decoded++) continue;
            ThrowIfTooLarge(path, ++frames, size);
            pixels.Write(frame.Span);
        }

        if (selection.Count is { } needed && frames < needed) throw TooShort(path, frames, needed, selection);
        if (frames == 0) throw new VideoException(path, "holds no frame.") { Kind = VideoProblem.Empty };
        int used = selection.FollowsFrameRule ? FrameRule.UsedFrames(frames) : frames;
        return VideoClip.Adopt(pixels.WrittenMemory[..(used * size.Rgb24Bytes)], size, selection.Rate ?? rate.Every(selection.Stride));
    }

    private static VideoException TooShort(string path, int found, int needed, FrameSelection selection)
    {
        string from = selection is { Start: 0, Stride: 1 } ? "" : $" from frame {selection.Start} on, taking every {selection.Stride}";
        string at = selection.Rate is { } rate ? $" at {rate} frames per second" : "";
        return new(path, $"{found} frames found{from}{at}, {needed} needed; use a longer video or a shorter clip.") { Kind = VideoProblem.TooShort };
    }

    private static void ThrowIfTooLarge(string path, int frames, FrameSize size)
    {
        if ((long)frames * size.Rgb24Bytes > Array.MaxLength)
            throw new VideoException(path, $"{frames} or more frames of {size} pixels do not fit into one clip of 2 GiB; ask for fewer or smaller frames.");
    }
}
