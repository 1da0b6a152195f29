using System.Collections.Concurrent;
using System.Globalization;
using GeoAlign.Randomness;

namespace GeoAlign.Sampling;

/// <summary>Condition clips out of one or several videos: which clip an iteration uses is a function of (seed, iteration, group) alone.</summary>
/// <remarks>
/// Every video is equally likely, then every window of it. Draws with the same key are equal on every machine as long as the list of videos
/// and their contents are. A video, or the part that its cut allows, is read from end to end before its first draw and whenever its file changes, so
/// that damage anywhere in it shows at every draw alike, whichever frames are asked for and whether or not a quarantine list knows it already. Frames
/// are taken by the times at which they are shown where these are uneven. Safe to use from several threads.
/// </remarks>
public sealed class ConditionClipSource
{
    private readonly ConditionClipOptions _options;
    private readonly VideoReader _reader;
    private readonly ConditionVideo[] _videos;
    private readonly ClipQuarantine? _quarantine;
    private readonly ContentHash _hash;
    private readonly ConcurrentDictionary<int, Finding> _findings = new();

    /// <summary>Lists the videos; nothing is decoded yet.</summary>
    /// <param name="paths">
    /// Video files; folders of PNG or JPEG frames; folders that hold several of these. Their order is part of the key.
    /// </param>
    /// <param name="options">What to cut out.</param>
    /// <param name="reader">Reads videos.</param>
    /// <exception cref="ArgumentException">No path, or bad options.</exception>
    /// <exception cref="VideoException">A path does not exist or holds no video.</exception>
    public ConditionClipSource(IEnumerable<string> paths, ConditionClipOptions options, VideoReader reader)
        : this([new VideoFolders(paths ?? throw new ArgumentNullException(nameof(paths)))], options, reader)
    {
    }

    /// <summary>Lists the videos of sources; nothing is decoded yet.</summary>
    /// <param name="sources">Their order is part of the key. Names must differ over all of them.</param>
    /// <param name="options">What to cut out.</param>
    /// <param name="reader">Reads videos.</param>
    /// <param name="quarantine">Videos not to try again, and where newly found ones are noted; null for none.</param>
    /// <param name="hash">Hashes contents for the quarantine; give the one that other parts use, so that each file is hashed once.</param>
    /// <exception cref="ArgumentException">No video, two of one name, or bad options.</exception>
    /// <exception cref="DataFormatException">A list breaks its format.</exception>
    /// <exception cref="VideoException">A path does not exist or holds no video.</exception>
    public ConditionClipSource(
        IEnumerable<IConditionVideoSource> sources, ConditionClipOptions options, VideoReader reader, ClipQuarantine? quarantine = null, ContentHash? hash = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reader);
        (_options, _reader, _quarantine, _hash) = (options.Validated(), reader, quarantine, hash ?? new ContentHash());
        _videos = [.. sources.SelectMany(source => source.List())];
        if (_videos.Length == 0) throw new ArgumentException("No condition video was given.", nameof(sources));
        if (_videos.GroupBy(v => v.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"{twice.Count()} condition videos are called {twice.Key}: {string.Join(", ", twice.Select(v => v.Path))}.", nameof(sources));
        Paths = Array.ConvertAll(_videos, v => v.Path);
    }

    /// <summary>The videos.</summary>
    public IReadOnlyList<ConditionVideo> Videos => _videos;

    /// <summary>Files and folders of the videos.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>What is cut out.</summary>
    public ConditionClipOptions Options => _options;

    /// <summary>Decodes every video once from end to end, so that a damaged or short one is known before a run and not in the middle of it.</summary>
    /// <exception cref="InvalidDataException">Lists every video that cannot be used and why.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        List<string> problems = [];
        for (int i = 0; i < _videos.Length; i++)
        {
            try
            {
                (await ExamineAsync(i, cancellationToken).ConfigureAwait(false)).OrThrow();
            }
            catch (VideoException error)
            {
                problems.Add(error.Message);
            }
        }

        if (problems.Count > 0)
            throw new InvalidDataException($"{problems.Count} of {_videos.Length} condition videos cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}");
    }

    /// <summary>The clip of a key. The first draw from a file counts its frames, which decodes all of it.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="iteration">Iteration, ≥ 0.</param>
    /// <param name="group">Group (condition) of the iteration, ≥ 0, counted over all ranks.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="VideoException">
    /// The video is damaged or shorter than a clip, and the options say to fail; or every attempt hit such a video, and the message lists them.
    /// </exception>
    public Task<ConditionClip> DrawAsync(long seed, int iteration, int group, CancellationToken cancellationToken = default) =>
        DrawAsync(seed, iteration, group, firstAttempt: 0, cancellationToken);

    /// <summary>As the other form, beginning with a later attempt: for a caller that could not use the clip of an earlier one.</summary>
    internal async Task<ConditionClip> DrawAsync(long seed, int iteration, int group, int firstAttempt, CancellationToken cancellationToken)
    {
        List<ClipRefusal> refused = [];
        for (int attempt = firstAttempt; attempt < _options.MaximumAttempts; attempt++)
        {
            CounterRandom Random(RandomPurpose purpose) => new(unchecked((ulong)seed), purpose, iteration, group, step: attempt);
            int source = Random(RandomPurpose.ItemChoice).Integer(_videos.Length);
            Finding finding = await ExamineAsync(source, cancellationToken).ConfigureAwait(false);
            try
            {
                VideoSurvey survey = finding.OrThrow();
                int window = Random(RandomPurpose.ClipStart).Integer(survey.Windows(_options));
                ConditionClip clip = await ReadAsync(source, survey, survey.FirstFrame + window * _options.WindowStepFrames, cancellationToken).ConfigureAwait(false);
                return clip with { Refused = refused, Attempt = attempt };
            }
            catch (VideoException error) when (_options.WhenUnreadable == UnreadableClipResponse.Redraw)
            {
                refused.Add(new(attempt, _videos[source].Name, _videos[source].Path, error.Kind, error.Message, finding.WasQuarantined));
            }
        }

        throw refused.Count > 0 ? GaveUp(refused, iteration, group) : new VideoException(_videos[0].Path, $"no attempt is left for iteration {iteration}, group {group}.");
    }

    /// <summary>What a draw ends with when every attempt hit a video that could not be used.</summary>
    internal static VideoException GaveUp(IReadOnlyList<ClipRefusal> refused, int iteration, int group) => new(refused[^1].Path,
        $"none of {refused.Count} videos drawn for iteration {iteration}, group {group} could be used: {string.Join(" ", refused.DistinctBy(r => r.VideoName).Select(r => r.Reason))}")
        {
            Refused = refused,
        };

    /// <summary>Reads a clip again from what was noted of it, without drawing.</summary>
    /// <param name="videoName">Name of its video.</param>
    /// <param name="startFrame">First frame of the clip within the video.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ArgumentException">There is no video of that name.</exception>
    /// <exception cref="VideoException">The video cannot be read.</exception>
    public async Task<ConditionClip> ReadAsync(string videoName, int startFrame, CancellationToken cancellationToken = default)
    {
        int source = Array.FindIndex(_videos, v => v.Name == videoName);
        if (source < 0) throw new ArgumentException($"There is no condition video called {videoName}.", nameof(videoName));
        VideoSurvey survey = (await ExamineAsync(source, cancellationToken).ConfigureAwait(false)).OrThrow();
        return await ReadAsync(source, survey, startFrame, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ConditionClip> ReadAsync(int source, VideoSurvey survey, int start, CancellationToken cancellationToken)
    {
        ConditionVideo video = _videos[source];
        int[] frames = survey.Clip(start, _options) ?? throw new VideoException(video.Path,
            $"no clip of {_options.FrameCount} frames begins with frame {start}; frames {survey.FirstFrame} to {survey.FirstFrame + survey.FrameCount - 1} may be used.") { Kind = VideoProblem.TooShort };
        VideoReadOptions read = new()
        {
            Size = _options.Size,
            Frames = FrameSelection.Picked(frames, survey.ClipRate(_options), survey.MaySeek),
            FolderFrameRate = FolderRate(video),
        };
        return new ConditionClip
        {
            SourceIndex = source,
            Path = video.Path,
            StartFrame = start,
            FrameStride = _options.FrameStride,
            Video = await _reader.ReadAsync(video.Path, read, cancellationToken).ConfigureAwait(false),
            Source = video,
            SourceFrames = frames,
        };
    }

    // Two threads may examine the same video at the same time; they find the same. Only what cannot change by itself is remembered, while its file stays.
    private async Task<Finding> ExamineAsync(int source, CancellationToken cancellationToken)
    {
        ConditionVideo video = _videos[source];
        string stamp = ContentHash.StampOf(video.Path);
        if (_findings.TryGetValue(source, out Finding? known) && known.Stamp == stamp) return known;
        if (await QuarantinedAsync(video, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            string since = entry.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return _findings[source] = new(stamp, null, new VideoException(video.Path, $"is in quarantine since {since}: {entry.Reason}") { Kind = entry.Kind }, WasQuarantined: true);
        }

        try
        {
            VideoSurvey survey = await VideoSurvey.OfAsync(_reader, video, FolderRate(video), cancellationToken).ConfigureAwait(false);
            ThrowIfUnfit(video, survey);
            return _findings[source] = new(stamp, survey, null, WasQuarantined: false);
        }
        catch (VideoException error)
        {
            Finding finding = new(stamp, null, error, WasQuarantined: false);
            if (error.Kind == VideoProblem.TooShort || error.IsContentProblem) _findings[source] = finding;
            if (error.IsContentProblem && _quarantine is not null)
            {
                string hash = await HashAsync(video, cancellationToken).ConfigureAwait(false);
                _quarantine.Add(new QuarantineEntry(video.Path, hash, error.Kind, error.Message, _quarantine.Date));
            }

            return finding;
        }
    }

    private void ThrowIfUnfit(ConditionVideo video, VideoSurvey survey)
    {
        if (_options.FrameRate is { } wanted && !FrameTiming.IsAtLeast(survey.FrameRate, wanted))
            throw new VideoException(video.Path, $"shows {survey.FrameRate} frames per second, {wanted} are wanted; a higher rate would need frames that were never filmed.");
        if (survey.Windows(_options) > 0) return;
        string taking = _options.FrameRate is { } slower ? $"at {slower} per second out of {survey.FrameRate}" : $"taking every {_options.FrameStride}";
        throw new VideoException(video.Path, survey.Times is null
            ? $"{survey.FrameCount} frames found, {survey.Span(_options)} needed for a clip of {_options.FrameCount} frames {taking}."
            : $"{survey.FrameCount} frames found, shown at a variable rate; their time is too short for a clip of {_options.FrameCount} frames {taking}.") { Kind = VideoProblem.TooShort };
    }

    // A cut is a content of its own: damage beyond it does not concern it.
    private async Task<string> HashAsync(ConditionVideo video, CancellationToken cancellationToken)
    {
        string hash = await _hash.OfAsync(video.Path, cancellationToken).ConfigureAwait(false);
        return video.Cut is { } cut ? CacheKey.Of(("video", hash), ("cut", $"{cut.StartFrame} to {cut.EndFrame} at {cut.FrameRate}")).Hash : hash;
    }

    private async Task<QuarantineEntry?> QuarantinedAsync(ConditionVideo video, CancellationToken cancellationToken)
    {
        if (_quarantine is null || _quarantine.Entries.Count == 0) return null;
        try
        {
            return _quarantine.Find(await HashAsync(video, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;                                                      // not there or not readable: opening it names the reason
        }
    }

    private FrameRate? FolderRate(ConditionVideo video) => video.FolderFrameRate ?? _options.FolderFrameRate;

    /// <summary>What came of looking at a video: it can be drawn from, or why not.</summary>
    private sealed record Finding(string Stamp, VideoSurvey? Survey, VideoException? Problem, bool WasQuarantined)
    {
        // A new exception: one object thrown by several draws would mix up their stack traces.
        public VideoSurvey OrThrow() => Survey ?? throw new VideoException(Problem!.Path, Problem.Message[(Problem.Path.Length + 2)..], Problem) { Kind = Problem.Kind };
    }
}
