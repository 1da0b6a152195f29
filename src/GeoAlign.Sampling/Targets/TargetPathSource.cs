using GeoAlign.Geometry;
using GeoAlign.Randomness;

namespace GeoAlign.Sampling;

/// <summary>
/// Metric target paths (Geo-Align, arXiv 2605.23903, section 3.4): a path of N frames, scaled to a top speed drawn from truncated Gaussians.
/// A draw is a function of (seed, iteration, group) alone. Immutable.
/// </summary>
public sealed class TargetPathSource
{
    private readonly TargetPathOptions _options;
    private readonly IRawPathSource _paths;

    /// <summary>Draws from given paths, each spread over N frames.</summary>
    /// <param name="paths">Names and paths in any world and unit of length, each at least two poses. Their order is part of the key.</param>
    /// <param name="options">Length and speeds.</param>
    /// <exception cref="ArgumentException">No path, a name twice, a path of one pose, or bad options.</exception>
    public TargetPathSource(IEnumerable<KeyValuePair<string, CameraTrajectory>> paths, TargetPathOptions options)
        : this(new RecordedPaths(paths), options)
    {
    }

    /// <summary>Draws from a source of paths.</summary>
    /// <param name="paths">Where the paths come from.</param>
    /// <param name="options">Length and speeds.</param>
    /// <exception cref="ArgumentException">Bad options.</exception>
    public TargetPathSource(IRawPathSource paths, TargetPathOptions options)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(options);
        (_paths, _options) = (paths, options.Validated());
    }

    /// <summary>Names of the paths.</summary>
    public IReadOnlyList<string> CameraIds => _paths.Ids;

    /// <summary>Length and speeds.</summary>
    public TargetPathOptions Options => _options;

    /// <summary>Draws from the cameras of a <c>camera_extrinsics.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Length and speeds.</param>
    /// <param name="cameraIds">Cameras to use, such as "cam05"; null or empty uses all.</param>
    /// <exception cref="TrajectoryFormatException">The file breaks its format.</exception>
    /// <exception cref="ArgumentException">A camera that the file does not have, or bad options.</exception>
    public static TargetPathSource FromReCamMasterJson(string path, TargetPathOptions options, IReadOnlyList<string>? cameraIds = null) =>
        new(RecordedPaths.FromReCamMasterJson(path, cameraIds), options);

    /// <summary>The path of a key, at the rate of the options.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="iteration">Iteration, ≥ 0.</param>
    /// <param name="group">Group (condition) of the iteration, ≥ 0, counted over all ranks.</param>
    /// <exception cref="InvalidOperationException">Every path that was tried was rejected; the message lists the reasons.</exception>
    public TargetPath Draw(long seed, int iteration, int group) => Draw(seed, iteration, group, _options.FrameRate);

    /// <summary>The path of a key for a video of a given rate, which turns speeds per second into speeds per frame.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="iteration">Iteration, ≥ 0.</param>
    /// <param name="group">Group (condition) of the iteration, ≥ 0, counted over all ranks.</param>
    /// <param name="frameRate">Rate of the video that is to follow the path.</param>
    /// <exception cref="ArgumentException">No rate, or one at which the largest turning speed is half a turn per frame or more.</exception>
    /// <exception cref="InvalidOperationException">Every path that was tried was rejected; the message lists the reasons.</exception>
    public TargetPath Draw(long seed, int iteration, int group, FrameRate frameRate)
    {
        if (frameRate != _options.FrameRate) _ = (_options with { FrameRate = frameRate }).Validated();
        List<RejectedPath> rejected = [];
        for (int attempt = 0; attempt < _options.MaximumAttempts; attempt++)
        {
            PathKey key = new(seed, iteration, group, attempt);
            if (TryDraw(key, frameRate, rejected) is { } target) return target with { Rejected = rejected };
        }

        throw new InvalidOperationException($"None of {_options.MaximumAttempts} target paths drawn could be used: "
            + string.Join(" ", rejected.DistinctBy(r => r.CameraId).Select(r => $"{r.CameraId}: {r.Reason}")));
    }

    private TargetPath? TryDraw(PathKey key, FrameRate frameRate, List<RejectedPath> rejected)
    {
        RawPath raw;
        try
        {
            raw = _paths.Draw(key, _options.FrameCount);
        }
        catch (TrajectoryFormatException error) when (_options.RejectUnreadable)
        {
            rejected.Add(new(error.Path, PathRejection.Unreadable, error.Message));
            return null;
        }

        if (raw.Trajectory.Count != _options.FrameCount)
            throw new InvalidOperationException($"The path {raw.Id} has {raw.Trajectory.Count} poses, {_options.FrameCount} were asked for.");
        (double metresPerSecond, double degreesPerSecond, RescaleResult result) = Scaled(raw, key, frameRate);
        if (Problem(raw, result) is { } problem)
        {
            rejected.Add(problem);
            return null;
        }

        return new TargetPath
        {
            CameraId = raw.Id,
            Trajectory = result.Trajectory!,
            FrameRate = frameRate,
            TranslationMetresPerSecond = metresPerSecond,
            RotationDegreesPerSecond = degreesPerSecond,
            StartFrame = raw.StartFrame,
            Rescale = result,
            Rejected = rejected,
        };
    }

    private (double MetresPerSecond, double DegreesPerSecond, RescaleResult Result) Scaled(RawPath raw, PathKey key, FrameRate frameRate)
    {
        double framesPerSecond = frameRate.FramesPerSecond;
        if (_options.Speed == TargetSpeed.AsRecorded)
        {
            if (!raw.IsMetric) throw new InvalidOperationException($"The path {raw.Id} is not known to be metric; its speed must be drawn ({nameof(TargetSpeed)}.{nameof(TargetSpeed.Drawn)}).");
            CameraTrajectory path = raw.Trajectory[0] == SE3.Identity ? raw.Trajectory : raw.Trajectory.RelativeToFirst();
            TrajectorySpeeds speeds = TrajectorySpeeds.Of(path);
            RescaleGuards guards = (speeds.MaximumTranslationMetresPerFrame < _options.Rescale.MinimumTranslationMetresPerFrame ? RescaleGuards.TranslationTooSlow : 0)
                                 | (speeds.MaximumRotationRadiansPerFrame < _options.Rescale.MinimumRotationRadiansPerFrame ? RescaleGuards.RotationTooSlow : 0);
            return (speeds.MaximumTranslationMetresPerFrame * framesPerSecond, double.RadiansToDegrees(speeds.MaximumRotationRadiansPerFrame) * framesPerSecond, new RescaleResult
            {
                Trajectory = path, TranslationFactor = 1, RotationFactor = 1, SpeedsBefore = speeds, SpeedsAfter = speeds, RotationMode = _options.Rescale.Rotation, Guards = guards,
            });
        }

        CounterRandom Random(RandomPurpose purpose) => new(unchecked((ulong)key.Seed), purpose, key.Iteration, key.Group, step: key.Attempt);
        double metresPerSecond = _options.TranslationMetresPerSecond.Draw(Random(RandomPurpose.TranslationSpeed));
        double degreesPerSecond = _options.RotationDegreesPerSecond.Draw(Random(RandomPurpose.RotationSpeed));
        return (metresPerSecond, degreesPerSecond, TrajectoryRescaler.Rescale(
            raw.Trajectory, metresPerSecond / framesPerSecond, double.DegreesToRadians(degreesPerSecond) / framesPerSecond, _options.Rescale));
    }

    private RejectedPath? Problem(RawPath raw, RescaleResult result)
    {
        const RescaleGuards still = RescaleGuards.TranslationTooSlow | RescaleGuards.RotationTooSlow;
        if (_options.RejectStatic && (result.Guards & still) == still)
        {
            return new(raw.Id, PathRejection.Static, string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"The camera stands still: at most {result.SpeedsBefore.MaximumTranslationMetresPerFrame:G3} m and {result.SpeedsBefore.MaximumRotationRadiansPerFrame:G3} rad per frame."));
        }

        if (!result.IsRejected) return null;
        PathRejection rule = result.Guards.HasFlag(RescaleGuards.TranslationJump) ? PathRejection.TranslationJump
            : result.Guards.HasFlag(RescaleGuards.RotationJump) ? PathRejection.RotationJump
            : PathRejection.RotationWrap;
        return new(raw.Id, rule, result.Rejection);
    }
}
