using GeoAlign.Geometry;
using GeoAlign.Randomness;

namespace GeoAlign.Miniature;

/// <summary>Cases of the miniature world. A case is a function of (seed, set, number) alone: any order, any thread, nothing to save.</summary>
internal static class MiniatureWorld
{
    /// <summary>Frames that are generated after the start.</summary>
    public const int GeneratedFrames = 5;

    /// <summary>Poses of a requested path: the start and the generated frames.</summary>
    public const int PathPoses = GeneratedFrames + 1;

    /// <summary>Camera centres stay where |x|, |y|, |z| are below these, metres.</summary>
    public static Vector3d CentreLimitMetres { get; } = new(1.6, 1.1, 1.6);

    // An attempt fails in well under half of all cases; 4096 failures in a row do not happen.
    private const int MaximumAttempts = CounterRandom.SmallFieldLimit;

    /// <summary>Draws a case.</summary>
    /// <param name="seed">Seed of the data; the room may have another.</param>
    /// <param name="set">Training, validation or held out.</param>
    /// <param name="index">Number within the set, ≥ 0.</param>
    /// <param name="conditionFrames">Frames of the condition clip, ≥ 1; 1 is the start frame alone. Start and requested path do not depend on it.</param>
    public static MiniatureCase Draw(ulong seed, MiniatureSet set, int index, int conditionFrames = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(conditionFrames);
        CounterRandom Random(WorldDraw kind, int attempt) =>
            new(seed, RandomPurpose.SyntheticScene, index, AddressOf(set), (int)kind, attempt);

        (SE3 start, CameraTrajectory requested) = set == MiniatureSet.HeldOutScripted
            ? (StartOfScripted(seed, index / ScriptedPaths.Count), ScriptedPaths.PathOf(index % ScriptedPaths.Count))
            : FirstInside(attempt => (StartPose(Random(WorldDraw.StartPose, attempt)), SpeedRange.Requested.Rescale(
                RandomWalk.GameLike.Draw(Random(WorldDraw.RequestedPath, attempt), PathPoses),
                Random(WorldDraw.RequestedTranslationSpeed, attempt), Random(WorldDraw.RequestedRotationSpeed, attempt))));

        CameraTrajectory source = conditionFrames == 1
            ? new CameraTrajectory([SE3.Identity])
            : FirstInside(attempt => (start, SpeedRange.Source.Rescale(
                RandomWalk.HandHeld.Draw(Random(WorldDraw.SourcePath, attempt), conditionFrames),
                Random(WorldDraw.SourceTranslationSpeed, attempt), Random(WorldDraw.SourceRotationSpeed, attempt)))).Path;

        return new()
        {
            Set = set,
            Index = index,
            StartCameraToWorld = start,
            Requested = requested,
            Source = source,
            Flaw = MotionFlaw.Draw(Random(WorldDraw.MotionFlaw, 0)),
        };
    }

    // Near the middle of the room, a little behind it, looking forward: position U(±0.4, ±0.2, ±0.3) + (0, 0, −0.5) m, yaw U(±15°), pitch U(±4°).
    private static SE3 StartPose(CounterRandom random)
    {
        double Spread(uint number, double half) => half * (2 * random.Uniform(number) - 1);
        SO3 yaw = SO3.Exp(new(0, double.DegreesToRadians(Spread(3, 15)), 0));
        SO3 pitch = SO3.Exp(new(double.DegreesToRadians(Spread(4, 4)), 0, 0));
        return new(yaw * pitch, new(Spread(0, 0.4), Spread(1, 0.2), Spread(2, 0.3) - 0.5));
    }

    // All moves from one start share its address: that of the first of them.
    private static SE3 StartOfScripted(ulong seed, int start) => StartPose(new(
        seed, RandomPurpose.SyntheticScene, start * ScriptedPaths.Count, AddressOf(MiniatureSet.HeldOutScripted), (int)WorldDraw.StartPose));

    private static (SE3 Start, CameraTrajectory Path) FirstInside(Func<int, (SE3 Start, CameraTrajectory Path)> draw)
    {
        for (int attempt = 0; attempt < MaximumAttempts; attempt++)
        {
            (SE3 start, CameraTrajectory path) = draw(attempt);
            if (StaysInside(start, path)) return (start, path);
        }

        throw new InvalidOperationException($"None of {MaximumAttempts} paths stays inside of the room.");
    }

    /// <summary>Whether every camera centre of a path from a start is within <see cref="CentreLimitMetres"/>.</summary>
    public static bool StaysInside(SE3 startCameraToWorld, CameraTrajectory relative)
    {
        foreach (SE3 pose in relative.CameraToWorld)
        {
            Vector3d centre = startCameraToWorld * pose.Translation;
            if (!(Math.Abs(centre.X) < CentreLimitMetres.X && Math.Abs(centre.Y) < CentreLimitMetres.Y && Math.Abs(centre.Z) < CentreLimitMetres.Z))
                return false;
        }

        return true;
    }

    private static int AddressOf(MiniatureSet set) => Enum.IsDefined(set)
        ? (int)set
        : throw new ArgumentOutOfRangeException(nameof(set), set, "No known set.");
}
