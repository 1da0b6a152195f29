using System.Collections;

namespace GeoAlign.Geometry;

/// <summary>An ordered camera path: camera-to-world poses in metres, OpenCV axes (x right, y down, z forward). Immutable.</summary>
public sealed class CameraTrajectory : IReadOnlyList<SE3>
{
    private readonly SE3[] _poses;
    private readonly double[]? _timestamps;

    /// <summary>Copies camera-to-world poses; time stamps are optional.</summary>
    /// <param name="cameraToWorld">At least one pose.</param>
    /// <param name="timestampsSeconds">One time per pose, strictly increasing, or empty when times are not known.</param>
    /// <exception cref="ArgumentException">No pose; a pose is not finite or not a rigid motion; times do not fit.</exception>
    public CameraTrajectory(ReadOnlySpan<SE3> cameraToWorld, ReadOnlySpan<double> timestampsSeconds = default)
    {
        if (cameraToWorld.IsEmpty) throw new ArgumentException("A camera trajectory needs at least one pose.", nameof(cameraToWorld));
        for (int i = 0; i < cameraToWorld.Length; i++)
        {
            SO3 r = cameraToWorld[i].Rotation;
            double norm = r.W * r.W + r.X * r.X + r.Y * r.Y + r.Z * r.Z;
            if (!(Math.Abs(norm - 1) < 1e-6) || !cameraToWorld[i].Translation.IsFinite)
                throw new ArgumentException($"Pose {i} is not a finite rigid motion: {cameraToWorld[i]}.", nameof(cameraToWorld));
        }

        _poses = cameraToWorld.ToArray();
        if (timestampsSeconds.IsEmpty) return;
        if (timestampsSeconds.Length != cameraToWorld.Length)
            throw new ArgumentException($"{timestampsSeconds.Length} time stamps for {cameraToWorld.Length} poses.", nameof(timestampsSeconds));
        for (int i = 0; i < timestampsSeconds.Length; i++)
        {
            if (!double.IsFinite(timestampsSeconds[i]) || (i > 0 && !(timestampsSeconds[i] > timestampsSeconds[i - 1])))
                throw new ArgumentException($"Time stamp {i} is {timestampsSeconds[i]}, expected a finite number above the one before.", nameof(timestampsSeconds));
        }

        _timestamps = timestampsSeconds.ToArray();
    }

    /// <summary>Number of poses.</summary>
    public int Count => _poses.Length;

    /// <summary>The camera-to-world poses.</summary>
    public ReadOnlySpan<SE3> CameraToWorld => _poses;

    /// <summary>Whether time stamps are known.</summary>
    public bool HasTimestamps => _timestamps is not null;

    /// <summary>Time of each pose in seconds; empty when times are not known.</summary>
    public ReadOnlySpan<double> TimestampsSeconds => _timestamps;

    /// <summary>The camera-to-world pose of a frame.</summary>
    public SE3 this[int index] => _poses[index];

    /// <summary>The same path seen from its first camera: <c>T_0⁻¹ · T_i</c>; the first pose becomes exactly the identity.</summary>
    public CameraTrajectory RelativeToFirst()
    {
        SE3[] relative = Relative(_poses[0]);
        relative[0] = SE3.Identity;
        return new CameraTrajectory(relative, _timestamps);
    }

    /// <summary>
    /// The same path in the coordinates of a camera: <c>T_ref⁻¹ · T_i</c>. ReDirector trains with the condition clip's first pose as reference.
    /// </summary>
    /// <param name="reference">Camera-to-world pose, in the world of this path.</param>
    public CameraTrajectory RelativeTo(SE3 reference) => new(Relative(reference), _timestamps);

    /// <summary>The path run backwards; time stamps, if known, keep their distances and start at the same time.</summary>
    public CameraTrajectory Reversed()
    {
        SE3[] poses = [.. _poses.Reverse()];
        return _timestamps is null ? new(poses) : new(poses, [.. _timestamps.Reverse().Select(t => _timestamps[0] + (_timestamps[^1] - t))]);
    }

    private SE3[] Relative(SE3 reference)
    {
        SE3 worldToReference = reference.Inverse();
        SE3[] relative = new SE3[_poses.Length];
        for (int i = 0; i < relative.Length; i++) relative[i] = worldToReference * _poses[i];
        return relative;
    }

    /// <inheritdoc/>
    public IEnumerator<SE3> GetEnumerator() => ((IEnumerable<SE3>)_poses).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
