using System.Text.Json.Serialization;

namespace GeoAlign.Sampling;

/// <summary>A data pipeline as a JSON file: which videos, which target paths, which speeds. Unknown keys are errors; <c>//</c> comments are allowed.</summary>
/// <remarks>
/// Relative paths are taken from the file's own folder. Properties with defaults have setters because generated JSON readers overwrite the
/// defaults of properties that can only be initialised.
/// </remarks>
public sealed record DataConfiguration
{
    /// <summary>Seed of every draw.</summary>
    public long Seed { get; set; } = 1;

    /// <summary>Conditions per iteration.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>The clips.</summary>
    public ClipConfiguration Clip { get; set; } = new();

    /// <summary>The condition videos, at least one collection; their order is part of the key.</summary>
    public required IReadOnlyList<VideoSetConfiguration> Videos { get; init; }

    /// <summary>File of captions, .jsonl or .csv; left out, prompts are those of lists and of text files beside the videos.</summary>
    public string? Captions { get; set; }

    /// <summary>The target paths, at least one source; their order is part of the key.</summary>
    public required IReadOnlyList<PathSetConfiguration> Targets { get; init; }

    /// <summary>The speeds of target paths.</summary>
    public SpeedConfiguration Speed { get; set; } = new();

    /// <summary>List of unreadable videos; left out, none is kept.</summary>
    public string? Quarantine { get; set; }

    /// <summary>Folder of estimated source cameras; left out, they are estimated at every draw.</summary>
    public string? CameraCache { get; set; }

    /// <summary>Whether a clip without a camera path of its own is refused.</summary>
    public bool RequireSourceCamera { get; set; }

    /// <summary>Folder that relative paths are taken from.</summary>
    [JsonIgnore]
    public string BaseFolder { get; init; } = "";

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">No JSON, an unknown key or a wrong value; the message names file and line.</exception>
    public static DataConfiguration Read(string path)
    {
        DataConfiguration configuration = SamplingJson.ReadFile(path, SamplingJsonContext.Default.DataConfiguration) with { BaseFolder = Path.GetDirectoryName(Path.GetFullPath(path))! };
        try
        {
            return configuration.Validated();
        }
        catch (ArgumentException error)
        {
            throw new DataFormatException(path, 0, error.Message, error);
        }
    }

    /// <summary>Throws one exception that lists every bad setting. Files are not looked at.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range or missing.</exception>
    public DataConfiguration Validated()
    {
        List<string> errors = [];
        if (Groups < 1) errors.Add($"groups is {Groups}, must be ≥ 1");
        if (Videos.Count == 0) errors.Add("videos is empty, expected at least one collection");
        if (Targets.Count == 0) errors.Add("targets is empty, expected at least one source");
        foreach ((int i, VideoSetConfiguration set) in Videos.Index())
        {
            if (set.Kind == VideoSetKind.Sekai && set.List is null) errors.Add($"videos[{i}] (sekai) has no list");
            if (set.Kind == VideoSetKind.Davis && set.FrameRate is null) errors.Add($"videos[{i}] (davis) has no frameRate; the data set has none of its own");
        }

        foreach ((int i, PathSetConfiguration set) in Targets.Index())
        {
            if (set.Kind is PathSetKind.OmniWorld or PathSetKind.ReCamMaster or PathSetKind.Files && set.Path is null) errors.Add($"targets[{i}] ({set.Kind}) has no path");
            Collect(errors, () => set.Spline.ToOptions().Validated());
            foreach (string move in set.Moves) Collect(errors, () => _ = PresetPaths.ParseMove(move));
            if (!(set.Weight > 0 && double.IsFinite(set.Weight))) errors.Add($"targets[{i}] has the weight {set.Weight}, expected a number above 0");
        }

        Collect(errors, () => Clip.ToOptions().Validated());
        Collect(errors, () => Speed.ToOptions(Math.Max(2, Clip.Frames)).Validated());
        return errors.Count == 0 ? this : throw new ArgumentException("Data configuration: " + string.Join("; ", errors) + ".");
    }

    /// <summary>Finds all files and builds the pipeline; no video is decoded yet.</summary>
    /// <param name="reader">Reads videos.</param>
    /// <param name="date">Day that new entries of the quarantine list get.</param>
    /// <param name="estimator">Estimates source cameras; null leaves those that were not recorded missing.</param>
    /// <param name="report">Told about damaged cache entries; null for nobody.</param>
    /// <exception cref="FormatException">A list, trajectory or number breaks its format; the message names the file and mostly the line.</exception>
    /// <exception cref="IOException">A file or folder is missing.</exception>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public ConditionSampler Open(VideoReader reader, DateOnly date, ISourceCameraEstimator? estimator = null, Action<string>? report = null)
    {
        Validated();
        ContentHash hash = new();
        ClipQuarantine? quarantine = Quarantine is null ? null : ClipQuarantine.Open(Full(Quarantine), date);
        CaptionFile? captions = Captions is null ? null : CaptionFile.Read(Full(Captions));
        IEnumerable<IConditionVideoSource> videos = Videos.Select(OpenVideos).Select(set => captions is null ? set : new CaptionedVideos(set, captions));
        IRawPathSource paths = Targets.Count == 1 ? OpenPaths(Targets[0]) : new PathMixture(Targets.Select(set => (OpenPaths(set), set.Weight)));
        CameraPathCache? cache = CameraCache is null ? null : new CameraPathCache(new CacheOptions(Full(CameraCache)) { Report = report });
        return new ConditionSampler(
            new ConditionClipSource(videos, Clip.ToOptions(), reader, quarantine, hash),
            new TargetPathSource(paths, Speed.ToOptions(Clip.Frames)),
            new SourceCameras(estimator, cache, hash), hash) { RequireSourceCamera = RequireSourceCamera };
    }

    private IConditionVideoSource OpenVideos(VideoSetConfiguration set) => set.Kind switch
    {
        VideoSetKind.Sekai => new SekaiVideos(Full(set.List!), Full(set.Path)),
        VideoSetKind.Davis => new DavisSequences(Full(set.Path), FrameRate.Parse(set.FrameRate!), set.List is null ? null : Full(set.List), set.Resolution),
        VideoSetKind.MultiCam => new MultiCamVideos(Full(set.Path)),
        _ => new VideoFolders(Full(set.Path)),
    };

    private IRawPathSource OpenPaths(PathSetConfiguration set) => set.Kind switch
    {
        PathSetKind.OmniWorld => new OmniWorldPaths(Full(set.Path!), set.FrameStride),
        PathSetKind.ReCamMaster => RecordedPaths.FromReCamMasterJson(Full(set.Path!), set.Cameras),
        PathSetKind.Presets => new PresetPaths([.. set.Moves.Select(PresetPaths.ParseMove)], set.Speeds),
        PathSetKind.Files => RecordedPaths.FromFiles(Full(set.Path!)),
        _ => new SplinePaths(set.Spline.ToOptions()),
    };

    private string Full(string path) => Path.GetFullPath(Path.Combine(BaseFolder, path));

    private static void Collect(List<string> errors, Action check)
    {
        try
        {
            check();
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            errors.Add(error.Message.TrimEnd('.'));
        }
    }
}
