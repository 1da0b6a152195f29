namespace GeoAlign.Sampling;

/// <summary>What is known of a condition video once it has been read: which of its frames may be used and when they are shown.</summary>
/// <param name="FrameRate">The rate that its frames are shown at; where they are not evenly spaced, the mean.</param>
/// <param name="FirstFrame">First frame that may be used.</param>
/// <param name="FrameCount">How many frames from there on.</param>
/// <param name="Times">Times of all frames of the file where they are not evenly spaced; null where they are.</param>
/// <param name="MaySeek">Whether decoding may begin in the middle of the file.</param>
internal sealed record VideoSurvey(FrameRate FrameRate, int FirstFrame, int FrameCount, FrameTimes? Times, bool MaySeek)
{
    /// <summary>Decodes a video, or the part of it that its cut allows, once.</summary>
    /// <exception cref="VideoException">Not readable, damaged, or it ends before its cut.</exception>
    public static async Task<VideoSurvey> OfAsync(VideoReader reader, ConditionVideo video, FrameRate? folderFrameRate, CancellationToken cancellationToken)
    {
        VideoInfo info = await reader.ProbeAsync(video.Path, cancellationToken).ConfigureAwait(false);
        FrameRate stated = info.FrameRate ?? folderFrameRate
            ?? throw new VideoException(video.Path, $"a folder of frames has no frame rate of its own; give one ({nameof(ConditionClipOptions)}.{nameof(ConditionClipOptions.FolderFrameRate)}).");
        return video.Cut is { } cut
            ? await OfCutAsync(reader, info, cut, stated, cancellationToken).ConfigureAwait(false)
            : await OfWholeAsync(reader, info, stated, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Frames of the clip that begins with a frame, in numbers of the video; null when it does not fit.</summary>
    /// <param name="start">First frame.</param>
    /// <param name="options">Length, rate and stride.</param>
    public int[]? Clip(int start, ConditionClipOptions options)
    {
        int last = FirstFrame + FrameCount - 1;
        if (Times is null)
        {
            int[] picks = [.. Enumerable.Range(0, options.FrameCount).Select(k => checked(start + Step(k, options)))];
            return picks[^1] <= last ? picks : null;
        }

        FrameRate rate = ClipRate(options);
        return start <= last && Times.Reach(start, last, options.FrameCount - 1, rate)
            ? [.. Enumerable.Range(0, options.FrameCount).Select(k => Math.Min(last, Times.NearestFrame(start, k, rate)))]
            : null;
    }

    /// <summary>Rate of the clips.</summary>
    public FrameRate ClipRate(ConditionClipOptions options) => options.FrameRate ?? FrameRate.Every(options.FrameStride);

    /// <summary>How many clips begin in the part that may be used, at the distance of the options from each other.</summary>
    public int Windows(ConditionClipOptions options)
    {
        if (Times is null)
        {
            int beyond = FrameCount - Span(options);
            return beyond < 0 ? 0 : beyond / options.WindowStepFrames + 1;
        }

        int low = 0, high = (FrameCount - 1) / options.WindowStepFrames + 1;  // the first window that does not fit is in [low, high]
        while (low < high)
        {
            int middle = low + (high - low) / 2;
            if (Times.Reach(FirstFrame + middle * options.WindowStepFrames, FirstFrame + FrameCount - 1, options.FrameCount - 1, ClipRate(options))) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Frames that a clip of evenly spaced ones reaches over.</summary>
    public int Span(ConditionClipOptions options) => Step(options.FrameCount - 1, options) + 1;

    private int Step(int k, ConditionClipOptions options) => options.FrameRate is { } wanted
        ? checked((int)FrameTiming.NearestFrame(k, FrameRate, wanted))
        : checked(k * options.FrameStride);

    private static async Task<VideoSurvey> OfWholeAsync(VideoReader reader, VideoInfo info, FrameRate stated, CancellationToken cancellationToken)
    {
        FrameTimes? times = await reader.ReadTimesAsync(info, decode: true, cancellationToken).ConfigureAwait(false);
        if (times is null)
        {
            (int frames, _) = await reader.CountFramesAsync(info, start: 0, count: null, maySeek: false, cancellationToken).ConfigureAwait(false);
            return new VideoSurvey(stated, 0, frames, null, MaySeek: false);
        }

        (FrameRate rate, FrameTimes? uneven) = Spacing(times, stated);
        bool maySeek = times.Count > FrameIndex.WorthwhileFrames
                    && await reader.ReadTimesAsync(info, decode: false, cancellationToken).ConfigureAwait(false) is { } listed && listed.AreLike(times);
        return new VideoSurvey(rate, 0, times.Count, uneven, maySeek);
    }

    // Of a long video only the cut is decoded where its container can be relied upon.
    private static async Task<VideoSurvey> OfCutAsync(VideoReader reader, VideoInfo info, SourceCut cut, FrameRate stated, CancellationToken cancellationToken)
    {
        FrameTimes? listed = await reader.ReadTimesAsync(info, decode: false, cancellationToken).ConfigureAwait(false);
        FrameTimes? times = listed ?? await reader.ReadTimesAsync(info, decode: true, cancellationToken).ConfigureAwait(false);
        (FrameRate rate, FrameTimes? uneven) = times is null ? (stated, null) : Spacing(times, stated);
        (int first, int end) = uneven is null ? cut.InFramesOf(rate) : InFramesOf(uneven, cut, info.Path);
        (int frames, bool sought) = await reader.CountFramesAsync(info, first, end - first, listed is not null, cancellationToken).ConfigureAwait(false);
        if (frames < end - first)
            throw new VideoException(info.Path, $"ends after frame {first + frames}, the list wants its frames {first} to {end}.") { Kind = VideoProblem.TooShort };
        return new VideoSurvey(rate, first, frames, uneven, sought);
    }

    // Evenly spaced at the rate that the container states, or at the mean of the times themselves; else the mean and the times.
    private static (FrameRate Rate, FrameTimes? Uneven) Spacing(FrameTimes times, FrameRate stated) =>
        times.AreEven(stated) ? (stated, null) : times.AreEven(times.AverageRate) ? (times.AverageRate, null) : (times.AverageRate, times);

    private static (int First, int End) InFramesOf(FrameTimes times, SourceCut cut, string path)
    {
        int first = times.NearestFrame(0, cut.StartFrame, cut.FrameRate), end = times.NearestFrame(0, cut.EndFrame, cut.FrameRate);
        if (!times.LastUntil(cut.EndFrame, cut.FrameRate))
            throw new VideoException(path, $"ends after {times.Count} frames, before frame {cut.EndFrame} at {cut.FrameRate} per second, the end of its cut.") { Kind = VideoProblem.TooShort };
        if (!times.Reach(0, times.Count - 1, cut.EndFrame, cut.FrameRate)) end = times.Count;      // it ends with the last frame, or after it
        return first < end ? (first, end) : throw new VideoException(path, $"shows no frame from {cut.StartFrame} to {cut.EndFrame} at {cut.FrameRate} per second.") { Kind = VideoProblem.TooShort };
    }
}
