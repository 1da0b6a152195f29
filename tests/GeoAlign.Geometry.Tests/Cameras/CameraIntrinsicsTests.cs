namespace GeoAlign.Geometry.Tests;

public class CameraIntrinsicsTests
{
    private static readonly CameraIntrinsics Camera = new(700, 650, 410, 230, 832, 480);

    [Fact]
    public void A_point_to_the_right_and_below_is_seen_right_and_below_the_principal_point()
    {
        Assert.True(Camera.TryProject(new(1, 2, 10), out double u, out double v));

        Assert.Equal(410 + 70, u, 1e-12);
        Assert.Equal(230 + 130, v, 1e-12);
    }

    [Fact]
    public void Back_projection_undoes_projection() => ForAll.Seeds(100, rng =>
    {
        Vector3d point = new(4 * rng.NextDouble() - 2, 4 * rng.NextDouble() - 2, 0.1 + 5 * rng.NextDouble());

        Assert.True(Camera.TryProject(point, out double u, out double v));
        Vector3d back = Camera.BackProject(u, v, point.Z);

        Assert.True(Vector3d.Distance(point, back) < 1e-14 * (1 + point.Length), $"{point} came back as {back}");
        Assert.Equal(1, Vector3d.Dot(Camera.Ray(u, v), point / point.Length), 1e-14);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_point_that_is_not_in_front_is_not_seen(double z)
    {
        Assert.False(Camera.TryProject(new(1, 1, z), out double u, out double v));
        Assert.True(double.IsNaN(u) && double.IsNaN(v));
    }

    [Fact]
    public void Normalised_intrinsics_divide_x_by_the_width_and_y_by_the_height()
    {
        NormalisedIntrinsics normalised = Camera.Normalised();

        Near.Equal([700 / 832.0, 650 / 480.0, 410 / 832.0, 230 / 480.0], [normalised.Fx, normalised.Fy, normalised.Cx, normalised.Cy], 1e-15);
        Assert.Equal(Camera, normalised.ToPixels(832, 480));
    }

    [Fact]
    public void A_pixel_keeps_its_ray_when_the_image_is_resized_and_cropped()
    {
        CameraIntrinsics small = Camera.Resized(416, 120).Cropped(16, 20, 384, 96);

        Vector3d before = Camera.Ray(100, 300), after = small.Ray(100 / 2.0 - 16, 300 / 4.0 - 20);

        Assert.True(Vector3d.Distance(before, after) < 1e-15, $"{before} became {after}");
        Assert.Equal((384, 96), (small.WidthPixels, small.HeightPixels));
    }

    [Fact]
    public void A_field_of_view_of_90_degrees_has_a_focal_length_of_half_the_width()
    {
        CameraIntrinsics wide = CameraIntrinsics.FromHorizontalFieldOfView(Math.PI / 2, 640, 480);

        Near.Equal([320, 320, 320, 240], [wide.FxPixels, wide.FyPixels, wide.CxPixels, wide.CyPixels], 1e-12);
        Assert.Equal(Math.PI / 2, wide.HorizontalFieldOfViewRadians, 1e-15);
    }

    [Fact]
    public void The_field_of_view_reaches_from_the_left_edge_to_the_right_wherever_the_principal_point_is()
    {
        CameraIntrinsics right = CameraIntrinsics.FromHorizontalFieldOfView(Math.PI / 2, 640, 480).Cropped(320, 0, 320, 480);

        Assert.Equal(Math.PI / 4, right.HorizontalFieldOfViewRadians, 1e-15);
        Assert.Equal(Math.PI / 4, new CameraIntrinsics(320, 320, 320, 240, 320, 480).HorizontalFieldOfViewRadians, 1e-15);
    }

    [Fact]
    public void Coordinates_counted_from_pixel_centres_move_by_half_a_pixel() =>
        Assert.Equal(new CameraIntrinsics(500, 500, 320, 240, 640, 480), CameraIntrinsics.FromIntegerPixelCentres(500, 500, 319.5, 239.5, 640, 480));

    [Fact]
    public void A_24_mm_lens_has_a_focal_length_of_1_point_0101_sensor_widths() =>
        Assert.Equal(24 / 23.76, NormalisedIntrinsics.FromLens(24).Fy, 1e-15);

    [Theory]
    [InlineData(0, 1, 0, 0, 10, 10)]
    [InlineData(1, double.NaN, 0, 0, 10, 10)]
    [InlineData(1, 1, double.PositiveInfinity, 0, 10, 10)]
    [InlineData(1, 1, 0, 0, 0, 10)]
    public void Bad_intrinsics_are_refused(double fx, double fy, double cx, double cy, int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CameraIntrinsics(fx, fy, cx, cy, width, height));

    [Fact]
    public void A_window_outside_the_image_is_refused() => Assert.Throws<ArgumentException>(() => Camera.Cropped(800, 0, 100, 10));
}
