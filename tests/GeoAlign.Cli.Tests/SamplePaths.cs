using GeoAlign.Geometry;

namespace GeoAlign.Cli.Tests;

/// <summary>Paths that tests write and read.</summary>
internal static class SamplePaths
{
    /// <summary>A walk with a turn: 12 poses, with everything that any format holds.</summary>
    public static RecordedTrajectory Walk(int frames = 12, double framesPerSecond = 10)
    {
        SE3[] poses = new SE3[frames];
        double[] times = new double[frames];
        for (int i = 0; i < frames; i++)
        {
            double t = (double)i / (frames - 1);
            poses[i] = new(SO3.Exp(new(0.05 * t, 0.4 * t * t, -0.02 * t)), new(0.5 * t * t, -0.1 * t, 1.5 * t));
            times[i] = i / framesPerSecond;
        }

        RecordedIntrinsics lens = new(600, 600, 416, 240) { WidthPixels = 832, HeightPixels = 480 };
        return new(new CameraTrajectory(poses, times), hasMetricScale: true, [.. Enumerable.Repeat(lens, frames)], [.. Enumerable.Range(0, frames).Select(i => (long)i)], [.. Enumerable.Range(0, frames).Select(i => $"f{i}.png")])
        {
            Source = "https://example.org/walk",
        };
    }

    /// <summary>Largest distance and angle between two paths.</summary>
    public static (double Distance, double Angle) Difference(CameraTrajectory a, CameraTrajectory b)
    {
        Assert.Equal(a.Count, b.Count);
        double distance = 0, angle = 0;
        for (int i = 0; i < a.Count; i++)
        {
            distance = Math.Max(distance, Vector3d.Distance(a[i].Translation, b[i].Translation));
            angle = Math.Max(angle, SO3.GeodesicDistance(a[i].Rotation, b[i].Rotation));
        }

        return (distance, angle);
    }
}
