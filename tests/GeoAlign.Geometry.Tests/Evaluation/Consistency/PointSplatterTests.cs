namespace GeoAlign.Geometry.Tests;

public class PointSplatterTests
{
    [Fact]
    public void Positive_x_is_left_and_positive_y_is_up()
    {
        PointSplatter square = new(4, 4, radius: 0.1);

        square.Add(0, 0.75, 0.75, 1);

        Assert.True(square.IsCovered(0));
        Assert.Equal(1, Enumerable.Range(0, 16).Count(square.IsCovered));
    }

    [Fact]
    public void The_shorter_side_spans_minus_one_to_one_and_pixels_are_square()
    {
        PointSplatter wide = new(8, 4, radius: 0.1), tall = new(4, 8, radius: 0.1);

        wide.Add(0, -1.75, -0.75, 1);
        tall.Add(0, -0.75, -1.75, 1);

        Assert.True(wide.IsCovered(31));
        Assert.True(tall.IsCovered(31));
    }

    [Fact]
    public void Opacity_falls_with_the_squared_distance_and_is_nothing_at_the_radius()
    {
        PointSplatter one = new(1, 1, radius: 0.5);

        one.Add(3, 0.25, 0, 2);
        one.Add(4, 0.3, 0.4, 1);                                                         // exactly at the radius

        SplatFragment fragment = Assert.Single(one.Fragments(0).ToArray());
        Assert.Equal(new SplatFragment(3, 2, 0.75), fragment);
    }

    [Fact]
    public void Nearer_points_are_blended_first_whatever_the_order_of_adding()
    {
        double[] features = [1, 10, 100], blended = new double[1];
        PointSplatter one = new(1, 1, radius: 0.5);

        one.Add(2, 0.25, 0, 3);
        one.Add(0, 0.25, 0, 1);
        one.Add(1, 0.25, 0, 2);

        Assert.True(one.TryBlend<double>(0, features, blended));
        Assert.Equal(0.75 * 1 + 0.25 * 0.75 * 10 + 0.25 * 0.25 * 0.75 * 100, blended[0], 1e-14);
    }

    [Fact]
    public void The_nearest_points_are_kept_and_of_equal_depths_the_first()
    {
        PointSplatter one = new(1, 1, radius: 0.5, pointsPerPixel: 3);

        foreach ((int point, double z) in new[] { 5.0, 1, 3, 1, 4, 2 }.Index()) one.Add(point, 0, 0, z);

        Assert.Equal([1, 3, 5], one.Fragments(0).ToArray().Select(f => f.Point));
    }

    [Fact]
    public void Points_behind_the_camera_far_away_or_not_finite_cover_nothing()
    {
        PointSplatter one = new(1, 1, radius: 0.5);

        one.Add(0, 0, 0, -1e-9);
        one.Add(1, double.NaN, 0, 1);
        one.Add(2, double.PositiveInfinity, 0, 1);
        one.Add(3, 0, 0, double.NaN);
        one.Add(4, 1e300, -1e300, 1);

        Assert.False(one.IsCovered(0));
        Assert.False(one.TryBlend<double>(0, [1, 2, 3, 4, 5], new double[1]));
    }

    [Fact]
    public void A_large_disc_reaches_in_from_outside_of_the_image()
    {
        PointSplatter square = new(4, 4, radius: 3);

        square.Add(0, 2.75, 0, 1);

        Assert.True(square.IsCovered(4));
        Assert.True(square.IsCovered(5));
        Assert.False(square.IsCovered(7));
    }

    [Fact]
    public void A_point_on_the_axis_of_a_camera_lands_on_its_principal_point()
    {
        PointSplatter image = new(8, 6, radius: 0.1);

        image.Add(0, new Vector3d(0, 0, 3), new CameraIntrinsics(5, 5, 2.5, 4.5, 8, 6));

        Assert.Equal([4 * 8 + 2], Enumerable.Range(0, 48).Where(image.IsCovered));
    }

    [Fact]
    public void Adding_and_blending_allocate_nothing()
    {
        PointSplatter image = new(32, 24, radius: 0.2);
        float[] features = new float[1000 * 4];
        double[] blended = new double[4];
        Draw();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Draw();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Draw()
        {
            image.Clear();
            for (int i = 0; i < 1000; i++) image.Add(i, Math.Sin(i), Math.Cos(7 * i), 1 + i % 13);
            for (int pixel = 0; pixel < 32 * 24; pixel++) image.TryBlend<float>(pixel, features, blended);
        }
    }
}
