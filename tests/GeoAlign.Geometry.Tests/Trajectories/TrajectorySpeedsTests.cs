namespace GeoAlign.Geometry.Tests;

public class TrajectorySpeedsTests
{
    [Fact]
    public void Steps_of_a_known_path_are_measured_in_metres_and_radians()
    {
        CameraTrajectory path = new([
            SE3.Identity,
            new(SO3.Exp(new(0, 0.1, 0)), new(3, 4, 0)),
            new(SO3.Exp(new(0, -0.3, 0)), new(3, 4, 1)),
            new(SO3.Exp(new(0, -0.3, 0)), new(3, 4, 3)),
        ]);

        TrajectorySpeeds speeds = TrajectorySpeeds.Of(path);

        Near.Equal([5, 1, 2], speeds.TranslationMetresPerFrame, 1e-15);
        Near.Equal([0.1, 0.4, 0], speeds.RotationRadiansPerFrame, 1e-15);
        Assert.Equal(5, speeds.MaximumTranslationMetresPerFrame, 1e-15);
        Assert.Equal(2, speeds.MedianTranslationMetresPerFrame, 1e-15);
        Assert.Equal(0.4, speeds.MaximumRotationRadiansPerFrame, 1e-15);
        Assert.Equal(0.1, speeds.MedianRotationRadiansPerFrame, 1e-15);
        Assert.Equal(8, speeds.PathLengthMetres, 1e-15);
        Assert.Equal(0.5, speeds.TotalRotationRadians, 1e-15);
    }

    [Fact]
    public void The_median_of_an_even_number_of_steps_is_the_mean_of_the_middle_two()
    {
        CameraTrajectory path = new([.. new double[] { 0, 1, 3 }.Select(z => new SE3(SO3.Identity, new(0, 0, z)))]);

        Assert.Equal(1.5, TrajectorySpeeds.Of(path).MedianTranslationMetresPerFrame);
    }

    [Fact]
    public void Speeds_do_not_depend_on_the_world_frame() => ForAll.Seeds(100, rng =>
    {
        CameraTrajectory path = rng.NextPath(12);

        TrajectorySpeeds here = TrajectorySpeeds.Of(path), elsewhere = TrajectorySpeeds.Of(path.SeenFrom(rng.NextPose()));

        Near.Equal(here.TranslationMetresPerFrame, elsewhere.TranslationMetresPerFrame, 1e-13);
        Near.Equal(here.RotationRadiansPerFrame, elsewhere.RotationRadiansPerFrame, 1e-13);
    });

    [Fact]
    public void Time_reversal_reverses_the_steps() => ForAll.Seeds(100, rng =>
    {
        CameraTrajectory path = rng.NextPath(9);

        double[] backwards = [.. TrajectorySpeeds.Of(path.Reversed()).TranslationMetresPerFrame.ToArray().Reverse()];

        Near.Equal(TrajectorySpeeds.Of(path).TranslationMetresPerFrame, backwards, 0);
    });

    [Fact]
    public void World_to_camera_poses_give_other_translation_speeds()
    {
        CameraTrajectory path = Paths.Yaw(20, 0.1).SeenFrom(new(SO3.Identity, new(10, 0, 0)));

        double right = TrajectorySpeeds.Of(path).MaximumTranslationMetresPerFrame;
        double swapped = TrajectorySpeeds.Of(path.Map(pose => pose.Inverse())).MaximumTranslationMetresPerFrame;

        Assert.Equal(0.1, right, 1e-13);
        Assert.True(swapped > 0.5, $"swapped poses move {swapped} m per frame");
    }

    [Fact]
    public void One_frame_has_no_speed() =>
        Assert.Throws<ArgumentException>(() => TrajectorySpeeds.Of(new CameraTrajectory([SE3.Identity])));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_quantile_needs_a_share_between_0_and_1(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TrajectorySpeeds.Of(Paths.Yaw(3, 0.1)).RotationQuantileRadiansPerFrame(share));
}
