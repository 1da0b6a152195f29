using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>Paths that another program has written.</summary>
internal static class ReadyPaths
{
    // A target has a pose for every frame up to the last: a number of no real clip is refused before it fills the memory.
    private const long MostFrames = 1_000_000;

    /// <summary>Reads a pose file of any known format; ViPE's <c>inds</c> say which frames have poses.</summary>
    /// <param name="path">The file.</param>
    /// <param name="facts">What is known of the video; null when there is none: it then ends with the last pose.</param>
    /// <exception cref="TrajectoryFormatException">The file breaks its format.</exception>
    public static EstimatedPath Read(string path, VideoFacts? facts)
    {
        RecordedTrajectory recorded = TrajectoryFile.Read(path);
        bool isNumbered = recorded.FrameNumbers.Count > 0;
        if (isNumbered && recorded.FrameNumbers[^1] >= MostFrames) throw new InvalidDataException($"{path}: a pose of frame {recorded.FrameNumbers[^1]}, expected frames below {MostFrames}.");
        int[] frames = isNumbered ? [.. recorded.FrameNumbers.Select(f => (int)f)] : [.. Enumerable.Range(0, recorded.Trajectory.Count)];
        if (facts is not null && !isNumbered && frames.Length != facts.Frames)
            return EstimatedPath.Failed($"{Path.GetFileName(path)} has {frames.Length} poses without frame numbers for a video of {facts.Frames} frames; which frames they belong to is not known", facts.Frames);
        if (facts is not null && frames[^1] >= facts.Frames)
            return EstimatedPath.Failed($"{Path.GetFileName(path)} has a pose of frame {frames[^1]}, but the video has {facts.Frames} frames; these poses belong to another video", facts.Frames);
        return EstimatedPath.Of(recorded.Trajectory, frames, facts?.Frames ?? frames[^1] + 1, recorded.HasMetricScale) with
        {
            Intrinsics = Intrinsics(recorded, facts),
            Aspect = facts is null ? null : (double)facts.Width / facts.Height,
        };
    }

    // Pixels without an image size (ViPE) are pixels of the video.
    private static double[] Intrinsics(RecordedTrajectory recorded, VideoFacts? facts) =>
    [
        .. recorded.Intrinsics.Select(k => k.IsNormalised || k.WidthPixels is not null || facts is null ? k : k with { WidthPixels = facts.Width, HeightPixels = facts.Height })
            .Where(k => k.IsNormalised || k.WidthPixels is not null).Select(k => k.Normalised()).SelectMany(n => (double[])[n.Fx, n.Fy, n.Cx, n.Cy]),
    ];
}
