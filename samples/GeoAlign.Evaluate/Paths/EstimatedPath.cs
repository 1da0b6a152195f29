using System.Text.Json;
using System.Text.Json.Serialization;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>The camera path that an estimator found in a video, or the reason why it found none.</summary>
internal sealed record EstimatedPath : IJsonOnDeserialized
{
    /// <summary>Why there is no path; null when there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>Frames of the video.</summary>
    public required int FrameCount { get; init; }

    /// <summary>Frame of each pose, increasing; frames may be missing.</summary>
    public IReadOnlyList<int> Frames { get; init; } = [];

    /// <summary>Seven numbers to a pose, camera-to-world: centre x y z, quaternion w x y z.</summary>
    public IReadOnlyList<double> Poses { get; init; } = [];

    /// <summary>Four numbers to a pose, as shares of the image size: fx, fy, cx, cy; empty when they are not known.</summary>
    public IReadOnlyList<double> Intrinsics { get; init; } = [];

    /// <summary>Width over height of the video; null when it is not known.</summary>
    public double? Aspect { get; init; }

    /// <summary>Whether centres are in metres.</summary>
    public bool IsMetric { get; init; }

    /// <summary>Whether there is a path.</summary>
    [JsonIgnore]
    public bool Succeeded => Reason is null;

    /// <summary>The path.</summary>
    public CameraTrajectory Trajectory()
    {
        SE3[] poses = new SE3[Frames.Count];
        for (int i = 0; i < poses.Length; i++)
        {
            int at = 7 * i;
            poses[i] = new(SO3.FromQuaternionWxyz(Poses[at + 3], Poses[at + 4], Poses[at + 5], Poses[at + 6]), new(Poses[at], Poses[at + 1], Poses[at + 2]));
        }

        return new CameraTrajectory(poses);
    }

    /// <summary>The intrinsics of each pose; none when they are not known.</summary>
    public IReadOnlyList<NormalisedIntrinsics> NormalisedIntrinsics() =>
        [.. Enumerable.Range(0, Intrinsics.Count / 4).Select(i => new NormalisedIntrinsics(Intrinsics[4 * i], Intrinsics[4 * i + 1], Intrinsics[4 * i + 2], Intrinsics[4 * i + 3]))];

    /// <summary>A path that was found.</summary>
    public static EstimatedPath Of(CameraTrajectory trajectory, IReadOnlyList<int> frames, int frameCount, bool isMetric)
    {
        double[] poses = new double[7 * trajectory.Count];
        for (int i = 0; i < trajectory.Count; i++)
        {
            (Vector3d t, SO3 q) = (trajectory[i].Translation, trajectory[i].Rotation);
            (poses[7 * i], poses[7 * i + 1], poses[7 * i + 2]) = (t.X, t.Y, t.Z);
            (poses[7 * i + 3], poses[7 * i + 4], poses[7 * i + 5], poses[7 * i + 6]) = (q.W, q.X, q.Y, q.Z);
        }

        return new() { FrameCount = frameCount, Frames = frames, Poses = poses, IsMetric = isMetric };
    }

    /// <summary>Refuses a path from a file whose lists do not fit each other.</summary>
    void IJsonOnDeserialized.OnDeserialized()
    {
        bool isOrdered = Frames.Zip(Frames.Skip(1)).All(f => f.First < f.Second) && (Frames.Count == 0 || (Frames[0] >= 0 && Frames[^1] < FrameCount));
        if (!isOrdered || Poses.Count != 7L * Frames.Count || (Intrinsics.Count != 0 && Intrinsics.Count != 4L * Frames.Count) || Reason is null && Frames.Count == 0)
            throw new JsonException($"{Frames.Count} frames of {FrameCount}, {Poses.Count} numbers of poses and {Intrinsics.Count} of intrinsics do not fit each other");
    }

    /// <summary>A path that was not found.</summary>
    public static EstimatedPath Failed(string reason, int frameCount) => new() { Reason = reason, FrameCount = frameCount };
}
