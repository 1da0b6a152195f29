namespace GeoAlign.Geometry;

/// <summary>A camera path together with what its file says about each of its poses.</summary>
public sealed class RecordedTrajectory
{
    /// <summary>Joins a path with the lists that go with it.</summary>
    /// <param name="trajectory">Camera-to-world poses, OpenCV axes; in metres when <paramref name="hasMetricScale"/>.</param>
    /// <param name="hasMetricScale">Whether the format promises metres.</param>
    /// <param name="intrinsics">One entry per pose, or empty when the file states none.</param>
    /// <param name="frameNumbers">
    /// Number of each pose's video frame, strictly increasing, or empty when the poses are simply frames 0, 1, ….
    /// </param>
    /// <param name="imageNames">Image file of each pose, or empty.</param>
    /// <exception cref="ArgumentException">
    /// A list that is not empty has another length than the path, or frame numbers do not increase.
    /// </exception>
    public RecordedTrajectory(
        CameraTrajectory trajectory,
        bool hasMetricScale,
        IReadOnlyList<RecordedIntrinsics>? intrinsics = null,
        IReadOnlyList<long>? frameNumbers = null,
        IReadOnlyList<string>? imageNames = null)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        Trajectory = trajectory;
        HasMetricScale = hasMetricScale;
        Intrinsics = Checked(intrinsics, nameof(intrinsics));
        FrameNumbers = Checked(frameNumbers, nameof(frameNumbers));
        for (int i = 0; i < FrameNumbers.Count; i++)
        {
            if (FrameNumbers[i] < 0 || (i > 0 && FrameNumbers[i] <= FrameNumbers[i - 1]))
                throw new ArgumentException(
                    $"Frame number {i} is {FrameNumbers[i]}, expected increasing numbers from 0.", nameof(frameNumbers));
        }

        ImageNames = Checked(imageNames, nameof(imageNames));
    }

    /// <summary>Camera-to-world poses, OpenCV axes; metres only when <see cref="HasMetricScale"/>.</summary>
    public CameraTrajectory Trajectory { get; }

    /// <summary>Whether the format promises metres; false for reconstructions of unknown scale.</summary>
    public bool HasMetricScale { get; }

    /// <summary>Intrinsics of each pose; empty when the file states none.</summary>
    public IReadOnlyList<RecordedIntrinsics> Intrinsics { get; }

    /// <summary>Video frame of each pose; empty when the poses are simply frames 0, 1, …. Frames may be missing.</summary>
    public IReadOnlyList<long> FrameNumbers { get; }

    /// <summary>Image file of each pose; empty when the file names none.</summary>
    public IReadOnlyList<string> ImageNames { get; }

    /// <summary>Where the images come from (a video's URL); empty when the file does not say.</summary>
    public string Source { get; init; } = "";

    private IReadOnlyList<T> Checked<T>(IReadOnlyList<T>? list, string name)
    {
        if (list is null or { Count: 0 }) return [];
        return list.Count == Trajectory.Count
            ? [.. list]
            : throw new ArgumentException($"{list.Count} {name} for {Trajectory.Count} poses, expected as many or none.", name);
    }
}
