using GeoAlign.Geometry;
using GeoAlign.Randomness;

namespace GeoAlign.Sampling;

/// <summary>
/// Metric target paths (Geo-Align, arXiv 2605.23903, section 3.4): a recorded path, resampled to N frames and scaled to a top speed drawn from
/// truncated Gaussians. A draw is a function of (seed, iteration, group) alone. Immutable.
/// </summary>
public sealed class TargetPathSource
{
    private readonly TargetPathOptions _options;
    private readonly string[] _cameraIds;
    private readonly CameraTrajectory[] _paths;

    /// <summary>Draws from given paths.</summary>
    /// <param name="paths">Names and paths in any world and unit of length, each at least two poses. Their order is part of the key.</param>
    /// <param name="options">Length and speeds.</param>
    /// <exception cref="ArgumentException">No path, a name twice, a path of one pose, or bad options.</exception>
    public TargetPathSource(IEnumerable<KeyValuePair<string, CameraTrajectory>> paths, TargetPathOptions options)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
        KeyValuePair<string, CameraTrajectory>[] all = [.. paths];
        if (all.Length == 0) throw new ArgumentException("No target path was given.", nameof(paths));
        foreach ((string id, CameraTrajectory path) in all)
            if (path.Count < 2) throw new ArgumentException($"Path {id} has {path.Count} pose, expected at least 2.", nameof(paths));
        if (all.GroupBy(p => p.Key, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Path {twice.Key} is given {twice.Count()} times.", nameof(paths));

        _cameraIds = Array.ConvertAll(all, p => p.Key);
        _paths = Array.ConvertAll(all, p => p.Value.Resample(_options.FrameCount));
    }

    /// <summary>Names of the paths.</summary>
    public IReadOnlyList<string> CameraIds => _cameraIds;

    /// <summary>Draws from the cameras of a <c>camera_extrinsics.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Length and speeds.</param>
    /// <param name="cameraIds">Cameras to use, such as "cam05"; null uses all.</param>
    /// <exception cref="TrajectoryFormatException">The file breaks its format.</exception>
    /// <exception cref="ArgumentException">A camera that the file does not have, or bad options.</exception>
    public static TargetPathSource FromReCamMasterJson(string path, TargetPathOptions options, IReadOnlyList<string>? cameraIds = null)
    {
        ReCamMasterCameras cameras = ReCamMasterCameras.Read(path);
        cameraIds ??= cameras.CameraIds;
        string[] unknown = [.. cameraIds.Except(cameras.CameraIds, StringComparer.Ordinal)];
        if (unknown.Length > 0)
            throw new ArgumentException($"{path} has no camera {string.Join(", ", unknown)}; it has {string.Join(", ", cameras.CameraIds)}.", nameof(cameraIds));
        return new(cameraIds.Select(id => KeyValuePair.Create(id, cameras.Trajectory(id))), options);
    }

    /// <summary>The path of a key.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="iteration">Iteration, ≥ 0.</param>
    /// <param name="group">Group (condition) of the iteration, ≥ 0, counted over all ranks.</param>
    /// <exception cref="InvalidOperationException">Every path that was tried was rejected; the message lists the reasons.</exception>
    public TargetPath Draw(long seed, int iteration, int group)
    {
        List<RejectedPath> rejected = [];
        for (int attempt = 0; attempt < _options.MaximumAttempts; attempt++)
        {
            CounterRandom Random(RandomPurpose purpose) => new(unchecked((ulong)seed), purpose, iteration, group, step: attempt);
            int index = Random(RandomPurpose.TargetChoice).Integer(_paths.Length);
            double metresPerSecond = _options.TranslationMetresPerSecond.Draw(Random(RandomPurpose.TranslationSpeed));
            double degreesPerSecond = _options.RotationDegreesPerSecond.Draw(Random(RandomPurpose.RotationSpeed));

            double framesPerSecond = _options.FrameRate.FramesPerSecond;
            RescaleResult result = TrajectoryRescaler.Rescale(
                _paths[index], metresPerSecond / framesPerSecond, double.DegreesToRadians(degreesPerSecond) / framesPerSecond, _options.Rescale);
            if (result.IsRejected)
            {
                rejected.Add(new(_cameraIds[index], result.Rejection));
                continue;
            }

            return new TargetPath
            {
                CameraId = _cameraIds[index],
                Trajectory = result.Trajectory,
                FrameRate = _options.FrameRate,
                TranslationMetresPerSecond = metresPerSecond,
                RotationDegreesPerSecond = degreesPerSecond,
                Rescale = result,
                Rejected = rejected,
            };
        }

        throw new InvalidOperationException($"None of {_options.MaximumAttempts} target paths drawn could be used: "
            + string.Join(" ", rejected.DistinctBy(r => r.CameraId).Select(r => $"{r.CameraId}: {r.Reason}")));
    }
}
