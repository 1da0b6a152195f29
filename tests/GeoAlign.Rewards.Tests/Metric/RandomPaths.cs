using GeoAlign.Geometry;

namespace GeoAlign.Rewards.Tests.Metric;

/// <summary>Random rigid motions and paths.</summary>
internal static class RandomPaths
{
    public static Vector3d NextVector(this Random rng, double size) =>
        size * new Vector3d(2 * rng.NextDouble() - 1, 2 * rng.NextDouble() - 1, 2 * rng.NextDouble() - 1);

    public static SE3 NextMotion(this Random rng, double angle, double metres) => new(SO3.Exp(rng.NextVector(angle)), rng.NextVector(metres));

    public static SE3[] NextPath(this Random rng, int count)
    {
        SE3[] path = new SE3[count];
        path[0] = rng.NextMotion(1, 2);
        for (int i = 1; i < count; i++) path[i] = path[i - 1] * rng.NextMotion(0.1, 0.2);
        return path;
    }

    public static SE3?[] AsEstimate(this IEnumerable<SE3> path) => [.. path.Select(p => (SE3?)p)];
}
