namespace GeoAlign.Geometry.Tests.IO;

/// <summary>Random camera paths for round trips.</summary>
internal static class RandomPaths
{
    public static CameraTrajectory Next(Random random, bool withTimes = false)
    {
        int count = random.Next(1, 12);
        SE3[] poses = new SE3[count];
        double[] times = new double[withTimes ? count : 0];
        for (int i = 0; i < count; i++)
        {
            Vector3d omega = new(Signed(random, 2), Signed(random, 2), Signed(random, 2));
            poses[i] = new(SO3.Exp(omega), new(Signed(random, 100), Signed(random, 1), Signed(random, 1e-3)));
            if (withTimes) times[i] = (i == 0 ? 1305031102 : times[i - 1]) + 1e-3 + random.NextDouble();
        }

        return new CameraTrajectory(poses, times);
    }

    private static double Signed(Random random, double size) => size * (2 * random.NextDouble() - 1);
}
