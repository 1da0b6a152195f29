using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>Recorded paths with one thing changed.</summary>
internal static class RecordedChanges
{
    /// <summary>The same record of another path with as many poses.</summary>
    public static RecordedTrajectory With(this RecordedTrajectory recorded, CameraTrajectory trajectory, bool hasMetricScale) =>
        new(trajectory, hasMetricScale, recorded.Intrinsics, recorded.FrameNumbers, recorded.ImageNames) { Source = recorded.Source };

    /// <summary>With other intrinsics.</summary>
    public static RecordedTrajectory With(this RecordedTrajectory recorded, IReadOnlyList<RecordedIntrinsics> intrinsics) =>
        new(recorded.Trajectory, recorded.HasMetricScale, intrinsics, recorded.FrameNumbers, recorded.ImageNames) { Source = recorded.Source };

    /// <summary>With time stamps at a frame rate, from the frame numbers where there are any. A path that has time stamps keeps them.</summary>
    public static RecordedTrajectory WithTimes(this RecordedTrajectory recorded, double? framesPerSecond)
    {
        if (framesPerSecond is not { } rate || recorded.Trajectory.HasTimestamps) return recorded;
        double[] times = [.. Enumerable.Range(0, recorded.Trajectory.Count).Select(i => (recorded.FrameNumbers.Count > 0 ? recorded.FrameNumbers[i] : i) / rate)];
        return recorded.With(new CameraTrajectory(recorded.Trajectory.CameraToWorld, times), recorded.HasMetricScale);
    }
}
