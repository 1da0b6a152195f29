using GeoAlign.Geometry;
using GeoAlign.Sampling;

namespace GeoAlign.Reporting.Tests.Example;

/// <summary>A box with chequered walls, seen by a pinhole camera: pictures for the example report, made up.</summary>
internal static class MadeUpRoom
{
    public static readonly Vector3d Minimum = new(-1.6, -1.1, -1.2), Maximum = new(1.6, 0.9, 2.4);

    private static readonly double[][] Walls = [[200, 90, 70], [70, 130, 190], [225, 215, 195], [140, 120, 90], [90, 160, 120], [215, 175, 80]];

    /// <summary>What the cameras of a path see.</summary>
    public static VideoClip Film(CameraTrajectory path, int width, int height, double blur = 0)
    {
        byte[] pixels = new byte[path.Count * width * height * 3];
        int at = 0;
        foreach (SE3 pose in path)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    Vector3d ray = new((x + 0.5 - 0.5 * width) / (0.6 * width), (y + 0.5 - 0.5 * height) / (0.6 * width), 1);
                    double[] colour = Seen(pose.Translation, pose.Rotation * ray, blur);
                    foreach (double channel in colour) pixels[at++] = (byte)Math.Clamp(channel, 0, 255);
                }
            }
        }

        return new(pixels, new FrameSize(width, height), new FrameRate(8));
    }

    private static double[] Seen(Vector3d eye, Vector3d ray, double blur)
    {
        (double[] o, double[] d) = ([eye.X, eye.Y, eye.Z], [ray.X, ray.Y, ray.Z]);
        (double[] low, double[] high) = ([Minimum.X, Minimum.Y, Minimum.Z], [Maximum.X, Maximum.Y, Maximum.Z]);
        (double distance, int wall) = (double.PositiveInfinity, 0);
        for (int k = 0; k < 3; k++)
        {
            double t = ((d[k] > 0 ? high[k] : low[k]) - o[k]) / d[k];
            if (d[k] != 0 && t > 0 && t < distance) (distance, wall) = (t, 2 * k + (d[k] > 0 ? 1 : 0));
        }

        double[] hit = [.. Enumerable.Range(0, 3).Where(k => k != wall / 2).Select(k => o[k] + distance * d[k])];
        bool isDark = (((int)Math.Floor(hit[0] * 2.5) + (int)Math.Floor(hit[1] * 2.5)) & 1) == 0;
        double shade = (isDark ? 0.72 + 0.14 * blur : 1 - 0.14 * blur) / (1 + 0.08 * distance * distance);
        return [.. Walls[wall].Select(c => c * shade)];
    }
}
