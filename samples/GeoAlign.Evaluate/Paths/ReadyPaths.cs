using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>Paths that another program has written.</summary>
internal static class ReadyPaths
{
    /// <summary>Reads a pose file of any known format; ViPE's <c>inds</c> say which frames have poses.</summary>
    /// <param name="path">The file.</param>
    /// <param name="frameCount">Frames of the video; null when there is no video: then up to the last pose.</param>
    /// <exception cref="TrajectoryFormatException">The file breaks its format.</exception>
    public static EstimatedPath Read(string path, int? frameCount)
    {
        RecordedTrajectory recorded = TrajectoryFile.Read(path);
        int[] frames = recorded.FrameNumbers.Count > 0
            ? [.. recorded.FrameNumbers.Select(f => checked((int)f))]
            : [.. Enumerable.Range(0, recorded.Trajectory.Count)];
        if (frameCount is { } known && frames[^1] >= known)
            return EstimatedPath.Failed($"{Path.GetFileName(path)} has a pose of frame {frames[^1]}, but the video has {known} frames; these poses belong to another video", known);
        return EstimatedPath.Of(recorded.Trajectory, frames, frameCount ?? frames[^1] + 1, recorded.HasMetricScale);
    }
}
