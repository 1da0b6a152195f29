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
        return video.FrameCount ?? (await CountFramesAsync(video, start: 0, count: null, maySeek: false, cancellationToken).ConfigureAwait(false)).Frames;
    }

    /// <summary>
    /// How many of the frames start, start + 1, …, start + count − 1 a video has, and whether decoding could begin in its middle for them. What is
    /// decoded is checked for damage.
    /// </summary>
    /// <exception cref="VideoException">Damaged there, or, where decoding must begin with the file, before that.</exception>
    internal async Task<(int Frames, bool Sought)> CountFramesAsync(VideoInfo video, int start, int? count, bool maySeek, CancellationToken cancellationToken)
    {
        int frames = 0;
        FrameRequest tiny = new(new FrameSize(2, 2), start, Count: count) { MaySeek = maySeek };          // decoding is the cost, not the pixels handed over
        bool sought = await DecodeAsync(video, tiny, restarted: () => frames = 0, taken: _ => frames++, cancellationToken).ConfigureAwait(false);
        return (frames, sought);
    }

    /// <summary>Times of the frames of a file; null when they are not known, and for folders.</summary>
    /// <inheritdoc cref="IFrameDecoder.ReadTimesAsync"/>
    internal async Task<FrameTimes?> ReadTimesAsync(VideoInfo video, bool decode, CancellationToken cancellationToken) =>
        video.FrameCount is null ? await decoder.ReadTimesAsync(video, decode, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>Reads a clip.</summary>
    /// <exception cref="VideoException">
    /// Not a readable video, damaged among the frames asked for (for a lower rate from a file that does not list the times of its frames: anywhere), too short (the message says how many frames were found and needed), without a
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
        IReadOnlyList<int>? picks = selection.Frames ?? await PicksAsync(video, rate, selection, cancellationToken).ConfigureAwait(false);
        FrameRequest request = Request(size, selection, picks);
        int frames = 0, decoded = 0;
        void Take(ReadOnlyMemory<byte> frame)
        {
            int number = request.Start + request.Stride * decoded++;
            for (int copies = picks is null ? 1 : picks.Skip(frames).TakeWhile(p => p == number).Count(); copies > 0; copies--)
            {
                ThrowIfTooLarge(path, ++frames, size);
                pixels.Write(frame.Span);
            }
        }

        await DecodeAsync(video, request, restarted: () =>
        {
            (frames, decoded) = (0, 0);
            pixels.ResetWrittenCount();
        }, Take, cancellationToken).ConfigureAwait(false);

        if (selection.Count is { } needed && frames < needed) throw TooShort(path, frames, needed, selection);
        if (frames == 0) throw new VideoException(path, "holds no frame.") { Kind = VideoProblem.Empty };
        int used = selection.FollowsFrameRule ? FrameRule.UsedFrames(frames) : frames;
        return VideoClip.Adopt(pixels.WrittenMemory[..(used * size.Rgb24Bytes)], size, selection.Rate ?? rate.Every(selection.Stride));
    }

    // Frames for a lower rate: by times where they vary, else by numbers.
    private async Task<IReadOnlyList<int>?> PicksAsync(VideoInfo video, FrameRate rate, FrameSelection selection, CancellationToken cancellationToken)
    {
        if (selection.Rate is not { } wanted) return null;
        if (!FrameTiming.IsAtLeast(rate, wanted))
            throw new VideoException(video.Path, $"shows {rate} frames per second, {wanted} are wanted; a higher rate would need frames that were never filmed.");
        int count = selection.Count!.Value;
        FrameTimes? times = await ReadTimesAsync(video, decode: false, cancellationToken).ConfigureAwait(false)
                         ?? await ReadTimesAsync(video, decode: true, cancellationToken).ConfigureAwait(false);
        if (times is null || times.AreEven(rate) || selection.Start >= times.Count)
            return [.. Enumerable.Range(0, count).Select(k => checked(selection.Start + (int)FrameTiming.NearestFrame(k, rate, wanted)))];
        int reached = Enumerable.Range(0, count).TakeWhile(k => times.Reach(selection.Start, times.Count - 1, k, wanted)).Count();
        if (reached < count) throw TooShort(video.Path, reached, count, selection);
        return [.. Enumerable.Range(0, count).Select(k => times.NearestFrame(selection.Start, k, wanted))];
    }

    // Frames that follow each other at one distance are all the decoder has to hand out.
    private static FrameRequest Request(FrameSize size, FrameSelection selection, IReadOnlyList<int>? picks)
    {
        if (picks is null) return new FrameRequest(size, selection.Start, selection.Stride, selection.Count);
        int stride = picks.Count > 1 && picks[1] > picks[0] && picks.Skip(1).Zip(picks).All(p => p.First - p.Second == picks[1] - picks[0]) ? picks[1] - picks[0] : 1;
        return new FrameRequest(size, picks[0], stride, (picks[^1] - picks[0]) / stride + 1) { MaySeek = selection.MaySeek };
    }

    // Decodes; from the beginning again when beginning in the middle failed. Whether it began in the middle, or could have.
    private async Task<bool> DecodeAsync(VideoInfo video, FrameRequest request, Action restarted, Action<ReadOnlyMemory<byte>> taken, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (ReadOnlyMemory<byte> frame in decoder.DecodeAsync(video, request, cancellationToken).ConfigureAwait(false)) taken(frame);
            return request.MaySeek;
        }
        catch (SeekFailedException) when (request.MaySeek)
        {
            restarted();
            await foreach (ReadOnlyMemory<byte> frame in decoder.DecodeAsync(video, request with { MaySeek = false }, cancellationToken).ConfigureAwait(false)) taken(frame);
            return false;
        }
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
