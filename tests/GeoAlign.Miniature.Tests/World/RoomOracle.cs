using GeoAlign.Geometry;
using GeoAlign.Randomness;

namespace GeoAlign.Miniature.Tests;

/// <summary>A second, slow renderer written from the description of the room alone: every plane is tried, every texel computed anew.</summary>
internal static class RoomOracle
{
    private static readonly double[][] Bases =
    [
        [0.75, 0.35, 0.3], [0.3, 0.6, 0.35], [0.85, 0.85, 0.8], [0.35, 0.3, 0.25], [0.8, 0.7, 0.3], [0.3, 0.45, 0.8],
    ];

    private static readonly double[] Half = [2, 1.5, 2];

    /// <summary>Mean colour of a pixel over a grid of rays, in [−1, 1].</summary>
    public static double[] Pixel(ulong seed, SE3 cameraToWorld, int width, int height, int samples, int x, int y)
    {
        double[] sum = new double[3];
        for (int s = 0; s < samples * samples; s++)
        {
            double u = (x + (s % samples + 0.5) / samples - width / 2.0) / (width / 2.0);
            double v = (y + (s / samples + 0.5) / samples - height / 2.0) / (width / 2.0);
            Vector3d ahead = cameraToWorld * new Vector3d(u, v, 1) - cameraToWorld.Translation;
            double[] colour = Colour(seed, Hit(cameraToWorld.Translation, ahead, out int wall), wall);
            for (int c = 0; c < 3; c++) sum[c] += (2 * colour[c] - 1) / (samples * samples);
        }

        return sum;
    }

    private static double[] Hit(Vector3d origin, Vector3d direction, out int wall)
    {
        double nearest = double.PositiveInfinity;
        double[] hit = [];
        wall = -1;
        for (int candidate = 0; candidate < 6; candidate++)
        {
            int axis = candidate / 2;
            double plane = candidate % 2 == 0 ? -Half[axis] : Half[axis];
            if (direction[axis] == 0) continue;
            double t = (plane - origin[axis]) / direction[axis];
            if (t <= 0 || t >= nearest) continue;
            Vector3d p = origin + t * direction;
            double[] point = [p.X, p.Y, p.Z];
            bool onWall = true;
            for (int other = 0; other < 3; other++) onWall &= other == axis || Math.Abs(point[other]) <= Half[other] + 1e-12;
            if (onWall) (nearest, hit, wall) = (t, point, candidate);
        }

        return hit;
    }

    private static double[] Colour(ulong seed, double[] point, int wall)
    {
        int[] axes = [.. Enumerable.Range(0, 3).Where(a => a != wall / 2)];
        double rowPosition = (point[axes[0]] / Half[axes[0]] + 1) / 2 * 32, columnPosition = (point[axes[1]] / Half[axes[1]] + 1) / 2 * 32;
        double[] colour = new double[3];
        for (int row = 0; row <= 32; row++)
        {
            double weight = Math.Max(0, 1 - Math.Abs(rowPosition - row));
            if (weight == 0) continue;
            for (int column = 0; column <= 32; column++)
            {
                double share = weight * Math.Max(0, 1 - Math.Abs(columnPosition - column));
                if (share == 0) continue;
                double a = Half[axes[0]] * (row / 16.0 - 1), b = Half[axes[1]] * (column / 16.0 - 1);
                for (int c = 0; c < 3; c++) colour[c] += share * Texel(seed, wall, c, a, b);
            }
        }

        return colour;
    }

    private static double Texel(ulong seed, int wall, int channel, double a, double b)
    {
        CounterRandom random = new(seed, RandomPurpose.SyntheticScene, wall, channel);
        double value = Bases[wall][channel];
        for (uint w = 0; w < 4; w++)
        {
            double wavelength = 0.9 + 1.1 * random.Uniform(3 * w), angle = 2 * Math.PI * random.Uniform(3 * w + 1);
            double phase = 2 * Math.PI * random.Uniform(3 * w + 2);
            value += 0.16 * Math.Sin(2 * Math.PI / wavelength * (a * Math.Cos(angle) + b * Math.Sin(angle)) + phase);
        }

        return Math.Min(1, Math.Max(0, value));
    }
}
