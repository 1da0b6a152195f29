using GeoAlign.Geometry;

namespace GeoAlign.Evaluate.Tests.Running;

/// <summary>An estimator that knows the answer: the target of the case, a little turned and shaken; it counts its calls and fails where it is told to.</summary>
internal sealed class CountingPaths : IPathSource
{
    private int _calls;

    public string Identity { get; init; } = "counting 1";

    public string Title => "counting";

    public int Calls => _calls;

    /// <summary>What it leaves of every video.</summary>
    public SceneFiles? Scene { get; init; }

    public SceneFiles? SceneOf(string videoHash) => Scene;

    /// <summary>Called before each answer.</summary>
    public Action<string, int> Before { get; init; } = (_, _) => { };

    public Task<EstimatedPath> EstimateAsync(string video, VideoFacts facts, CancellationToken stop)
    {
        Before(video, Interlocked.Increment(ref _calls));
        stop.ThrowIfCancellationRequested();
        if (!RetakeName.TryParse(Path.GetFileNameWithoutExtension(video), out RetakeName name)) throw new ArgumentException(video);
        CameraTrajectory target = PathScores.Target(name, facts.Frames, RetimedMotion.SameSpeed);
        SE3[] poses = [.. target.Select((p, i) => new SE3(p.Rotation * SO3.Exp(new(0, 0, 0.001 * i)), p.Translation + new Vector3d(0.002 * Math.Sin(i), 0, 0)))];
        return Task.FromResult(EstimatedPath.Of(new(poses), [.. Enumerable.Range(0, facts.Frames)], facts.Frames, isMetric: true));
    }
}
