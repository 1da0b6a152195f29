using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>Camera paths of OmniWorld-Game, the paper's source of targets: a run of consecutive frames out of one split of one scene.</summary>
/// <remarks>
/// Every split that is long enough is equally likely, then every run of frames in it. A split is one continuous shot; a run never crosses from
/// one to the next. The scale is not metric, so these paths must be scaled. Only <c>split_info.json</c> is read beforehand.
/// </remarks>
public sealed class OmniWorldPaths : IRawPathSource
{
    private readonly OmniWorldSplit[] _splits;
    private readonly int _frameStride;

    /// <summary>Finds the scenes.</summary>
    /// <param name="root">A scene folder, or a folder with scenes below it at any depth.</param>
    /// <param name="frameStride">1 takes consecutive frames, 2 every second: a way to faster changes of direction before scaling.</param>
    /// <exception cref="TrajectoryFormatException">A <c>split_info.json</c> breaks its format, or there is no scene.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public OmniWorldPaths(string root, int frameStride = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameStride);
        if (!Directory.Exists(root)) throw new DirectoryNotFoundException($"{root}: there is no such folder.");
        _frameStride = frameStride;
        _splits = [.. Scenes(root).SelectMany(scene => Splits(root, scene))];
        if (_splits.Length == 0) throw new TrajectoryFormatException(root, 0, "holds no OmniWorld scene, expected folders with split_info.json and camera/split_0.json");
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Ids => Array.ConvertAll(_splits, s => s.Id);

    /// <summary>All splits of all scenes.</summary>
    public IReadOnlyList<OmniWorldSplit> Splits() => [.. _splits];

    /// <summary>The splits that are too short for a path of so many frames, which are never drawn.</summary>
    public IReadOnlyList<OmniWorldSplit> TooShortFor(int frameCount) => [.. _splits.Where(s => s.FrameCount < Span(frameCount))];

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No split is long enough.</exception>
    public RawPath Draw(PathKey key, int frameCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameCount, 2);
        int span = Span(frameCount);
        OmniWorldSplit[] fitting = [.. _splits.Where(s => s.FrameCount >= span)];
        if (fitting.Length == 0)
            throw new InvalidOperationException($"None of {_splits.Length} OmniWorld splits has {span} frames; the longest, {_splits.MaxBy(s => s.FrameCount)!.Id}, has {_splits.Max(s => s.FrameCount)}.");

        OmniWorldSplit split = fitting[key.Index(fitting.Length, stream: 0)];
        int start = key.Index(split.FrameCount - span + 1, stream: 2);
        CameraTrajectory shot = OmniWorldFormat.Read(split.Scene, split.Split).Trajectory;
        SE3[] poses = [.. Enumerable.Range(0, frameCount).Select(k => shot[start + k * _frameStride])];
        return new RawPath { Id = split.Id, Trajectory = new CameraTrajectory(poses), StartFrame = start };
    }

    private int Span(int frameCount) => checked((frameCount - 1) * _frameStride + 1);

    private static IEnumerable<string> Scenes(string folder) => File.Exists(System.IO.Path.Combine(folder, "split_info.json"))
        ? [folder]
        : SubFolders.Of(folder).SelectMany(Scenes);

    private static IEnumerable<OmniWorldSplit> Splits(string root, string scene)
    {
        string info = System.IO.Path.Combine(scene, "split_info.json"), name = System.IO.Path.GetRelativePath(root, scene).Replace('\\', '/');
        if (name == ".") name = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(scene)));
        return OmniWorldFormat.ParseSplits(File.ReadAllBytes(info), info).Select((frames, k) => new OmniWorldSplit(scene, name, k, frames.Length));
    }
}
