namespace GeoAlign.Geometry.Tests;

public class TrajectoryErrorTests
{
    public static TheoryData<string> Cases => MetricCases.Names;

    [Theory, MemberData(nameof(Cases))]
    public void Weighted_sums_match_the_goldens(string name)
    {
        CameraTrajectory target = MetricCases.Target(name), estimated = MetricCases.Estimated(name);
        FixtureTensors golden = MetricCases.Golden;

        TrajectoryError linear = TrajectoryError.Between(estimated, target);
        TrajectoryError uniform = TrajectoryError.Between(estimated, target, FrameWeights.Uniform(target.Count));

        Near.Equal([golden[name + ".geoalign_linear_w"].Values[0]], [linear.WeightedSumTranslationMetres], 1e-10, what: "D_trans, linear");
        Near.Equal([golden[name + ".geoalign_uniform"].Values[0]], [uniform.WeightedSumTranslationMetres], 1e-10, what: "D_trans, uniform");
        double slack = 1e-10 + uniform.FrameRotationRadians.ToArray().Sum(MetricCases.ArcCosineError);           // the goldens take arccos
        Near.Equal([golden[name + ".geoalign_linear_w"].Values[1]], [linear.WeightedSumRotationRadians], slack, what: "D_rot, linear");
        Near.Equal([golden[name + ".geoalign_uniform"].Values[1]], [uniform.WeightedSumRotationRadians], slack, what: "D_rot, uniform");
    }

    [Fact]
    public void Identical_paths_have_exactly_no_error_where_arccos_would_not() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory path = rng.NextPath(20);

        TrajectoryError error = TrajectoryError.Between(path, path);

        Assert.Equal(0, error.TranslationMetres);
        Assert.Equal(0, error.RotationRadians);
    });

    [Theory]
    [InlineData(1e-7)]
    [InlineData(1e-12)]
    [InlineData(Math.PI - 1e-7)]
    public void Angles_next_to_0_and_to_half_a_turn_keep_their_digits(double angle)
    {
        CameraTrajectory target = Paths.Yaw(5, 0.1);
        SE3[] poses = target.CameraToWorld.ToArray();
        poses[4] = poses[4] with { Rotation = poses[4].Rotation * SO3.Exp(new(angle, 0, 0)) };

        TrajectoryError error = TrajectoryError.Between(new(poses), target);

        Assert.Equal(angle, error.FrameRotationRadians[4], 1e-15);
    }

    [Fact]
    public void The_two_errors_are_weighted_means_and_so_do_not_grow_with_the_weights() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory a = rng.NextPath(6), b = rng.NextPath(6);
        double[] weights = [1, 0, 2, 5, 0.5, 3];

        TrajectoryError error = TrajectoryError.Between(a, b, weights);
        TrajectoryError twice = TrajectoryError.Between(a, b, [.. weights.Select(w => 2 * w)]);

        double metres = 0, radians = 0;
        for (int i = 0; i < 6; i++) (metres, radians) = (metres + weights[i] / 11.5 * error.FrameTranslationMetres[i], radians + weights[i] / 11.5 * error.FrameRotationRadians[i]);
        Near.Equal([metres, radians], [error.TranslationMetres, error.RotationRadians], 1e-14);
        Near.Equal([metres, radians], [twice.TranslationMetres, twice.RotationRadians], 1e-14);
    });

    [Fact]
    public void Each_path_may_have_its_own_world() => ForAll.Seeds(100, rng =>
    {
        CameraTrajectory a = rng.NextPath(12), b = rng.NextPath(12);

        TrajectoryError here = TrajectoryError.Between(a, b);
        TrajectoryError elsewhere = TrajectoryError.Between(a.SeenFrom(rng.NextPose()), b.SeenFrom(rng.NextPose()));

        Assert.Equal(here.TranslationMetres, elsewhere.TranslationMetres, 1e-13);
        Assert.Equal(here.RotationRadians, elsewhere.RotationRadians, 1e-13);
    });

    [Fact]
    public void The_right_shape_at_the_wrong_speed_loses() => ForAll.Seeds(100, rng =>
    {
        CameraTrajectory target = rng.NextPath(30).RelativeToFirst();
        double Loss(double factor) => TrajectoryError.Between(target.Scaled(factor), target).TranslationMetres;

        Assert.Equal(0, Loss(1));
        Assert.True(Loss(0.5) > Loss(0.75) && Loss(0.75) > Loss(0.9) && Loss(0.9) > 1e-3, "too slow");
        Assert.True(Loss(2) > Loss(1.5) && Loss(1.5) > Loss(1.1) && Loss(1.1) > 1e-3, "too fast");
        Assert.Equal(0, TrajectoryError.Between(target.Scaled(0.5), target).RotationRadians, 1e-15);
    });

    [Fact]
    public void Errors_scale_with_the_unit_of_length() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory a = rng.NextPath(10), b = rng.NextPath(10);

        double metres = TrajectoryError.Between(a, b).TranslationMetres;

        Assert.Equal(100 * metres, TrajectoryError.Between(a.Scaled(100), b.Scaled(100)).TranslationMetres, 1e-10);
    });

    [Fact]
    public void Late_errors_weigh_more_than_early_ones()
    {
        CameraTrajectory target = Paths.Yaw(10, 0.02);
        CameraTrajectory WrongAt(int frame)
        {
            SE3[] poses = target.CameraToWorld.ToArray();
            poses[frame] = poses[frame] with { Translation = poses[frame].Translation + new Vector3d(0, 1, 0) };
            return new(poses);
        }

        Assert.Equal(2 / 5.5, TrajectoryError.Between(WrongAt(1), target).WeightedSumTranslationMetres / 5.5 * 10, 1e-12);
        Assert.Equal(0.2 / 5.5, TrajectoryError.Between(WrongAt(1), target).TranslationMetres, 1e-12);
        Assert.Equal(1 / 5.5, TrajectoryError.Between(WrongAt(9), target).TranslationMetres, 1e-12);
    }

    [Fact]
    public void World_to_camera_poses_in_place_of_camera_to_world_are_an_error()
    {
        CameraTrajectory target = Paths.Yaw(20, 0.05);

        TrajectoryError error = TrajectoryError.Between(target.Map(pose => pose.Inverse()), target);

        Assert.True(error.TranslationMetres > 0.5 && error.RotationRadians > 0.5, $"{error.TranslationMetres} m, {error.RotationRadians} rad");
    }

    [Fact]
    public void Different_frame_counts_are_refused() =>
        Assert.Throws<ArgumentException>(() => TrajectoryError.Between(Paths.Yaw(5, 0.1), Paths.Yaw(6, 0.1)));

    [Fact]
    public void Bad_weights_are_refused()
    {
        CameraTrajectory path = Paths.Yaw(3, 0.1);

        Assert.Throws<ArgumentException>(() => TrajectoryError.Between(path, path, [1, 2]));
        Assert.Throws<ArgumentException>(() => TrajectoryError.Between(path, path, [1, double.NaN, 2]));
        Assert.Throws<ArgumentException>(() => TrajectoryError.Between(path, path, [0, 0, 0]));
        Assert.Throws<ArgumentException>(() => TrajectoryError.Between(path, path, [1, -1, 2]));
    }
}
