using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>Recorded camera paths, each equally likely, each spread over the frames wanted from its first pose to its last. Immutable.</summary>
public sealed class RecordedPaths : IRawPathSource
{
    private readonly string[] _ids;
    private readonly CameraTrajectory[] _paths;

    /// <summary>Takes given paths.</summary>
    /// <param name="paths">Names and paths in any world and unit of length, each at least two poses. Their order is part of the key.</param>
    /// <exception cref="ArgumentException">No path, a name twice, or a path of one pose.</exception>
    public RecordedPaths(IEnumerable<KeyValuePair<string, CameraTrajectory>> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        KeyValuePair<string, CameraTrajectory>[] all = [.. paths];
        if (all.Length == 0) throw new ArgumentException("No target path was given.", nameof(paths));
        foreach ((string id, CameraTrajectory path) in all)
            if (path.Count < 2) throw new ArgumentException($"Path {id} has {path.Count} pose, expected at least 2.", nameof(paths));
        if (all.GroupBy(p => p.Key, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Path {twice.Key} is given {twice.Count()} times.", nameof(paths));

        _ids = Array.ConvertAll(all, p => p.Key);
        _paths = Array.ConvertAll(all, p => p.Value);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>The cameras of a <c>camera_extrinsics.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cameraIds">Cameras to use, such as "cam05"; null or empty uses all.</param>
    /// <exception cref="TrajectoryFormatException">The file breaks its format.</exception>
    /// <exception cref="ArgumentException">A camera that the file does not have.</exception>
    public static RecordedPaths FromReCamMasterJson(string path, IReadOnlyList<string>? cameraIds = null)
    {
        ReCamMasterCameras cameras = ReCamMasterCameras.Read(path);
        if (cameraIds is null or { Count: 0 }) cameraIds = cameras.CameraIds;
        string[] unknown = [.. cameraIds.Except(cameras.CameraIds, StringComparer.Ordinal)];
        if (unknown.Length > 0)
            throw new ArgumentException($"{path} has no camera {string.Join(", ", unknown)}; it has {string.Join(", ", cameras.CameraIds)}.", nameof(cameraIds));
        return new(cameraIds.Select(id => KeyValuePair.Create(id, cameras.Trajectory(id))));
    }

    /// <summary>A trajectory file of any known format, or all of those in a folder and the folders below it, in natural order.</summary>
    /// <remarks>Every camera of a <c>camera_extrinsics.json</c> and every split of an OmniWorld scene becomes a path of its own.</remarks>
    /// <param name="path">A file; a folder that is itself a COLMAP model or an OmniWorld scene; or a folder of these.</param>
    /// <exception cref="TrajectoryFormatException">A file breaks its format or is of no known one; a folder holds no trajectory.</exception>
    /// <exception cref="FileNotFoundException">There is neither a file nor a folder of that name.</exception>
    public static RecordedPaths FromFiles(string path)
    {
        if (!System.IO.Path.Exists(path)) throw new FileNotFoundException($"{path}: there is no such file or folder.", path);
        string root = Directory.Exists(path) ? path : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        return new(TrajectoryFiles.Below(path).SelectMany(file => TrajectoryFiles.Read(file, System.IO.Path.GetRelativePath(root, file).Replace('\\', '/'))));
    }

    /// <inheritdoc/>
    public RawPath Draw(PathKey key, int frameCount)
    {
        int index = key.Index(_paths.Length, stream: 0);
        return new RawPath { Id = _ids[index], Trajectory = _paths[index].Resample(frameCount), IsMetric = false };
    }
}
