using System.Collections.Concurrent;
using GeoAlign.Randomness;

namespace GeoAlign.Sampling;

/// <summary>Condition clips out of one or several videos: which clip an iteration uses is a function of (seed, iteration, group) alone.</summary>
/// <remarks>
/// Every video is equally likely, then every window of it. Draws with the same key are equal on every machine as long as the list of videos
/// and their lengths are. Safe to use from several threads.
/// </remarks>
public sealed class ConditionClipSource
{
    private readonly ConditionClipOptions _options;
    private readonly VideoReader _reader;
    private readonly string[] _paths;
    private readonly ConcurrentDictionary<int, int> _frameCounts = new();

    /// <summary>Lists the videos; nothing is decoded yet.</summary>
    /// <param name="paths">
    /// Video files; folders of PNG or JPEG frames; folders that hold several of these. Their order is part of the key.
    /// </param>
    /// <param name="options">What to cut out.</param>
    /// <param name="reader">Reads videos.</param>
    /// <exception cref="ArgumentException">No path, or bad options.</exception>
    /// <exception cref="VideoException">A path does not exist or holds no video.</exception>
    public ConditionClipSource(IEnumerable<string> paths, ConditionClipOptions options, VideoReader reader)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
        _reader = reader;
        _paths = ConditionPaths.Expand(paths);
        if (_paths.Length == 0) throw new ArgumentException("No condition video was given.", nameof(paths));
    }

    /// <summary>The videos.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>Decodes every video once from end to end, so that a damaged or short one is known before a run and not in the middle of it.</summary>
    /// <exception cref="InvalidDataException">Lists every video that cannot be used and why.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        List<string> problems = [];
        for (int i = 0; i < _paths.Length; i++)
        {
            try
            {
                await CountWindowsAsync(i, cancellationToken).ConfigureAwait(false);
            }
            catch (VideoException error)
            {
                problems.Add(error.Message);
            }
        }

        if (problems.Count > 0)
            throw new InvalidDataException($"{problems.Count} of {_paths.Length} condition videos cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}");
    }

    /// <summary>The clip of a key. The first draw from a file counts its frames, which decodes all of it.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="iteration">Iteration, ≥ 0.</param>
    /// <param name="group">Group (condition) of the iteration, ≥ 0, counted over all ranks.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="VideoException">The video is damaged or shorter than a clip.</exception>
    public async Task<ConditionClip> DrawAsync(long seed, int iteration, int group, CancellationToken cancellationToken = default)
    {
        int source = new CounterRandom(unchecked((ulong)seed), RandomPurpose.ItemChoice, iteration, group).Integer(_paths.Length);
        int windows = await CountWindowsAsync(source, cancellationToken).ConfigureAwait(false);
        int window = new CounterRandom(unchecked((ulong)seed), RandomPurpose.ClipStart, iteration, group).Integer(windows);
        int start = window * _options.WindowStepFrames;
        VideoReadOptions read = new()
        {
            Size = _options.Size,
            Frames = FrameSelection.Exactly(_options.FrameCount, start, _options.FrameStride),
            FolderFrameRate = _options.FolderFrameRate,
        };
        return new ConditionClip
        {
            SourceIndex = source,
            Path = _paths[source],
            StartFrame = start,
            FrameStride = _options.FrameStride,
            Video = await _reader.ReadAsync(_paths[source], read, cancellationToken).ConfigureAwait(false),
        };
    }

    // Two threads may count the same video at the same time; they find the same number.
    private async Task<int> CountWindowsAsync(int source, CancellationToken cancellationToken)
    {
        string path = _paths[source];
        if (!_frameCounts.TryGetValue(source, out int frames))
        {
            VideoInfo info = await _reader.ProbeAsync(path, cancellationToken).ConfigureAwait(false);
            if (info.FrameRate is null && _options.FolderFrameRate is null)
                throw new VideoException(path, $"a folder of frames has no frame rate of its own; give one ({nameof(ConditionClipOptions)}.{nameof(ConditionClipOptions.FolderFrameRate)}).");
            frames = await _reader.CountFramesAsync(info, cancellationToken).ConfigureAwait(false);
            _frameCounts[source] = frames;
        }

        int beyond = frames - _options.SpanFrames;
        if (beyond < 0)
            throw new VideoException(path, $"{frames} frames found, {_options.SpanFrames} needed for a clip of {_options.FrameCount} frames taking every {_options.FrameStride}.");
        return beyond / _options.WindowStepFrames + 1;
    }
}
