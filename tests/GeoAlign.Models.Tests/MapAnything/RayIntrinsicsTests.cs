using GeoAlign.Rewards;

namespace GeoAlign.Models.Tests;

public class RayIntrinsicsTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("mapanything", "geometry.safetensors");

    [Fact]
    public void Noisy_rays_give_the_golden_camera()
    {
        FixtureTensor rays = Golden["rays.noisy"], recovered = Golden["rays.recovered_noisy"];

        for (int view = 0; view < rays.Shape[0]; view++)
        {
            float[] values = Array.ConvertAll(rays.Row(view).ToArray(), v => (float)v);
            (double fx, double fy, double cx, double cy) = RayIntrinsics.Fit(values, new ImageSize(rays.Shape[2], rays.Shape[1]));
            Near.Equal(recovered.Row(view), (ReadOnlySpan<double>)[fx, 0, cx, 0, fy, cy, 0, 0, 1], 2e-3, what: $"view {view}");
        }
    }

    [Fact]
    public void Rays_of_a_camera_give_it_back_with_its_pixel_centres_at_a_half()
    {
        Geometry.CameraIntrinsics camera = new(70, 60, 31, 22, 64, 40);
        float[] rays = new float[3 * 64 * 40];
        for (int v = 0; v < 40; v++)
        {
            for (int u = 0; u < 64; u++)
            {
                Geometry.Vector3d ray = camera.Ray(u + 0.5, v + 0.5);
                (rays[3 * (64 * v + u)], rays[3 * (64 * v + u) + 1], rays[3 * (64 * v + u) + 2]) = ((float)ray.X, (float)ray.Y, (float)ray.Z);
            }
        }

        MapAnythingPrediction prediction = new()
        {
            Scenes = 1, Frames = 1, Size = new(64, 40), QuaternionsXyzw = new float[] { 0, 0, 0, 1 }, QuaternionLengths = new float[] { 1 },
            TranslationsMetres = new float[3], MetricScale = new float[] { 1 }, Rays = rays,
        };
        Geometry.CameraIntrinsics found = prediction.IntrinsicsOf(0);

        Near.Equal([70, 60, 31, 22], (ReadOnlySpan<double>)[found.FxPixels, found.FyPixels, found.CxPixels, found.CyPixels], 1e-4);
    }
}
