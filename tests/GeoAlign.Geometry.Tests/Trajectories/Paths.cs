namespace GeoAlign.Geometry.Tests;

/// <summary>Camera paths for tests: from golden tensors, and random ones.</summary>
internal static class Paths
{
    /// <summary>Poses of a golden tensor of shape (N, 3, 4) or (N, 4, 4).</summary>
    public static CameraTrajectory Of(FixtureTensor tensor)
    {
        SE3[] poses = new SE3[tensor.Shape[0]];
        for (int i = 0; i < poses.Length; i++) poses[i] = SE3.FromRowMajor3x4(tensor.Row(i));
        return new CameraTrajectory(poses);
    }

    /// <summary>All poses as row-major 3×4 numbers.</summary>
    public static double[] Numbers(CameraTrajectory trajectory)
    {
        double[] values = new double[12 * trajectory.Count];
        for (int i = 0; i < trajectory.Count; i++) trajectory[i].CopyToRowMajor3x4(values.AsSpan(12 * i, 12));
        return values;
    }

    /// <summary>A smooth path: constant body velocity plus a slow change of it, small noise, any first pose.</summary>
    public static CameraTrajectory NextPath(this Random rng, int frames, double metresPerFrame = 0.05, double radiansPerFrame = 0.02)
    {
        Vector3d velocity = metresPerFrame * rng.NextUnitVector(), turn = radiansPerFrame * rng.NextUnitVector();
        SE3[] poses = new SE3[frames];
        poses[0] = rng.NextPose();
        for (int i = 1; i < frames; i++)
        {
            SE3 step = new(
                SO3.Exp(turn + 0.2 * radiansPerFrame * rng.NextUnitVector()),
                velocity + 0.2 * metresPerFrame * rng.NextUnitVector());
            poses[i] = poses[i - 1] * step;
        }

        return new CameraTrajectory(poses);
    }

    public static SE3 NextPose(this Random rng) =>
        new(SO3.Exp(3 * rng.NextDouble() * rng.NextUnitVector()), 5 * rng.NextDouble() * rng.NextUnitVector());

    public static Vector3d NextUnitVector(this Random rng)
    {
        double z = 2 * rng.NextDouble() - 1, angle = 2 * Math.PI * rng.NextDouble(), r = Math.Sqrt(1 - z * z);
        return new(r * Math.Cos(angle), r * Math.Sin(angle), z);
    }

    public static CameraTrajectory Map(this CameraTrajectory path, Func<SE3, SE3> change) => new([.. path.Select(change)]);

    public static CameraTrajectory SeenFrom(this CameraTrajectory path, SE3 world) => path.Map(pose => world * pose);

    public static CameraTrajectory Scaled(this CameraTrajectory path, double factor) =>
        path.Map(pose => pose with { Translation = factor * pose.Translation });

    /// <summary>A path that yaws by a constant angle per frame and moves forward.</summary>
    public static CameraTrajectory Yaw(int frames, double radiansPerFrame, double forwardMetresPerFrame = 0.1)
    {
        SE3[] poses = new SE3[frames];
        poses[0] = SE3.Identity;
        SE3 step = new(SO3.Exp(new(0, radiansPerFrame, 0)), new(0, 0, forwardMetresPerFrame));
        for (int i = 1; i < frames; i++) poses[i] = poses[i - 1] * step;
        return new CameraTrajectory(poses);
    }
}
