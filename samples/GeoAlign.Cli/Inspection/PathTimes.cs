using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>When the poses of a path are.</summary>
/// <param name="FirstSeconds">First time stamp.</param>
/// <param name="LastSeconds">Last time stamp.</param>
/// <param name="FramesPerSecond">1 / median interval.</param>
/// <param name="IrregularSteps">Intervals more than 5 % off the median.</param>
/// <param name="FromOption">Whether the times are those of --fps and not of the file.</param>
internal sealed record PathTimes(double FirstSeconds, double LastSeconds, double FramesPerSecond, int IrregularSteps, bool FromOption)
{
    public static PathTimes? Of(CameraTrajectory path, bool fromOption)
    {
        if (!path.HasTimestamps || path.Count < 2) return null;
        double[] intervals = new double[path.Count - 1];
        for (int i = 0; i < intervals.Length; i++) intervals[i] = path.TimestampsSeconds[i + 1] - path.TimestampsSeconds[i];
        double median = intervals.Order().ElementAt(intervals.Length / 2);
        return new(path.TimestampsSeconds[0], path.TimestampsSeconds[^1], 1 / median, intervals.Count(t => Math.Abs(t - median) > 0.05 * median + 2e-6), fromOption);
    }
}
