namespace GeoAlign.Geometry;

/// <summary>
/// Gives a camera path other frames. Between two frames the centre moves on a straight line and the rotation on the shortest arc.
/// </summary>
public static class TrajectoryResampling
{
    /// <summary>
    /// A number of frames spread evenly over the path, both ends included. The speed per frame changes; the path does not.
    /// </summary>
    /// <param name="trajectory">Path of at least one pose.</param>
    /// <param name="frames">At least 1; one frame is the first pose. A single pose is held for all of them, without time stamps if they are several.</param>
    public static CameraTrajectory Resample(this CameraTrajectory trajectory, int frames)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames);
        double[] positions = new double[frames];
        for (int i = 1; i < frames; i++) positions[i] = (double)i * (trajectory.Count - 1) / (frames - 1);      // one rounding: whole where it should be
        // A path of one pose has no two frames at different times.
        return trajectory.Count > 1 || frames == 1 ? trajectory.AtPositions(positions) : new CameraTrajectory(Enumerable.Repeat(trajectory[0], frames).ToArray());
    }

    /// <summary>Poses at given positions between frames; time stamps, if known, are interpolated too.</summary>
    /// <param name="trajectory">Path.</param>
    /// <param name="positionsFrames">Frame numbers, also broken ones, in [0, Count − 1]; strictly increasing if the path has time stamps.</param>
    /// <exception cref="ArgumentException">No position, or one beyond the ends.</exception>
    public static CameraTrajectory AtPositions(this CameraTrajectory trajectory, ReadOnlySpan<double> positionsFrames)
    {
        SE3[] poses = new SE3[positionsFrames.Length];
        double[] times = new double[trajectory.HasTimestamps ? poses.Length : 0];
        for (int i = 0; i < poses.Length; i++)
        {
            double position = positionsFrames[i];
            if (!(position >= 0 && position <= trajectory.Count - 1))
                throw new ArgumentException($"Position {i} is frame {position}, expected 0 to {trajectory.Count - 1}.", nameof(positionsFrames));
            int below = Math.Min((int)position, Math.Max(0, trajectory.Count - 2)), above = Math.Min(below + 1, trajectory.Count - 1);
            double share = position - below;
            poses[i] = Between(trajectory[below], trajectory[above], share);
            if (times.Length > 0) times[i] = trajectory.TimestampsSeconds[below] + share * (trajectory.TimestampsSeconds[above] - trajectory.TimestampsSeconds[below]);
        }

        return new CameraTrajectory(poses, times);
    }

    /// <summary>Poses at given times.</summary>
    /// <param name="trajectory">Path with time stamps.</param>
    /// <param name="timesSeconds">Strictly increasing times within the path's.</param>
    /// <exception cref="ArgumentException">The path has no time stamps, or a time lies outside of them.</exception>
    public static CameraTrajectory AtTimes(this CameraTrajectory trajectory, ReadOnlySpan<double> timesSeconds)
    {
        if (!trajectory.HasTimestamps)
            throw new ArgumentException("The trajectory has no time stamps; use positions in frames.", nameof(trajectory));
        ReadOnlySpan<double> known = trajectory.TimestampsSeconds;
        SE3[] poses = new SE3[timesSeconds.Length];
        for (int i = 0; i < poses.Length; i++)
        {
            double time = timesSeconds[i];
            if (!(time >= known[0] && time <= known[^1]))
                throw new ArgumentException($"Time {i} is {time} s, expected {known[0]} to {known[^1]} s.", nameof(timesSeconds));
            int found = known.BinarySearch(time);
            poses[i] = found >= 0
                ? trajectory[found]
                : Between(trajectory[~found - 1], trajectory[~found], (time - known[~found - 1]) / (known[~found] - known[~found - 1]));
        }

        return new CameraTrajectory(poses, timesSeconds);
    }

    /// <summary>Frames 0, n, 2n, …; ReCamMaster conditions on every fourth.</summary>
    public static CameraTrajectory EveryNth(this CameraTrajectory trajectory, int stepFrames)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepFrames);
        double[] positions = new double[(trajectory.Count - 1) / stepFrames + 1];
        for (int i = 0; i < positions.Length; i++) positions[i] = i * stepFrames;
        return trajectory.AtPositions(positions);
    }

    // At a whole frame the pose is returned as it is, digit for digit.
    private static SE3 Between(SE3 a, SE3 b, double share) => share switch
    {
        0 => a,
        1 => b,
        _ => SE3.InterpolateSplit(a, b, share),
    };
}
