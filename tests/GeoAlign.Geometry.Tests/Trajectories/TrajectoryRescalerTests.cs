namespace GeoAlign.Geometry.Tests;

public class TrajectoryRescalerTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("geometry", "rescale.safetensors");

    // The goldens are the bare formulas: wraps and jumps stay in.
    private static readonly RescaleOptions Bare = new() { WhenRotationWraps = WrapResponse.Keep, MaximumJumpRatio = double.PositiveInfinity };

    public static TheoryData<string> Cases => [.. Golden.Names.Where(n => n.EndsWith(".input", StringComparison.Ordinal)).Select(n => n[..^".input".Length])];

    [Theory, MemberData(nameof(Cases))]
    public void All_four_modes_match_the_golden_paths_and_speeds(string name)
    {
        CameraTrajectory input = Paths.Of(Golden[name + ".input"]);
        double[] scalars = Golden[name + ".scalars"].Values;
        (string Tensor, RotationScaling Rotation, TranslationScaling Translation)[] modes =
        [
            ("paper_log", RotationScaling.RelativeLog, TranslationScaling.WorldFrame),
            ("paper_log_unwrapped", RotationScaling.RelativeLogUnwrapped, TranslationScaling.WorldFrame),
            ("increment_world_t", RotationScaling.Increments, TranslationScaling.WorldFrame),
            ("increment_body_t", RotationScaling.Increments, TranslationScaling.BodyFrame),
        ];

        for (int m = 0; m < modes.Length; m++)
        {
            RescaleResult result = TrajectoryRescaler.Rescale(input, scalars[0], scalars[1], Bare with
            {
                Rotation = modes[m].Rotation,
                Translation = modes[m].Translation,
                Epsilon = scalars[2],
            });

            Assert.False(result.IsRejected, result.Rejection);
            Near.Equal(Golden[$"{name}.{modes[m].Tensor}"].Values, Paths.Numbers(result.Trajectory), 1e-12, what: $"{name}.{modes[m].Tensor}");
            Near.Equal([scalars[3], scalars[4]],
                [result.SpeedsBefore.MaximumTranslationMetresPerFrame, result.SpeedsBefore.MaximumRotationRadiansPerFrame], 1e-12, what: "speeds before");
            Near.Equal(Golden[name + ".out_max_speeds"].Values.AsSpan(2 * m, 2),
                [result.SpeedsAfter.MaximumTranslationMetresPerFrame, result.SpeedsAfter.MaximumRotationRadiansPerFrame], 1e-12, what: "speeds after");
            if (scalars[3] > 0) Assert.Equal(scalars[5], result.TranslationFactor, 1e-11);
            if (scalars[4] > 0) Assert.Equal(scalars[6], result.RotationFactor, 1e-11);
        }
    }

    [Fact]
    public void Increments_reach_exactly_the_asked_speeds() => ForAll.Seeds(200, rng =>
    {
        CameraTrajectory path = rng.NextPath(20, metresPerFrame: 0.01 + rng.NextDouble(), radiansPerFrame: 0.005 + 0.3 * rng.NextDouble());
        RescaleOptions options = new() { Translation = (TranslationScaling)rng.Next(2), Epsilon = 0 };

        RescaleResult result = TrajectoryRescaler.Rescale(path, 0.05, 0.01, options);

        Assert.False(result.IsRejected, result.Rejection);
        Assert.Equal(0.05, result.SpeedsAfter.MaximumTranslationMetresPerFrame, 1e-13);
        Assert.Equal(0.01, result.SpeedsAfter.MaximumRotationRadiansPerFrame, 1e-13);
    });

    [Fact]
    public void The_result_does_not_depend_on_the_world_frame_or_its_unit() => ForAll.Seeds(100, rng =>
    {
        CameraTrajectory path = rng.NextPath(15);
        RescaleOptions options = new() { Rotation = (RotationScaling)rng.Next(3), Translation = (TranslationScaling)rng.Next(2), Epsilon = 0 };

        CameraTrajectory? here = TrajectoryRescaler.Rescale(path, 0.04, 0.01, options).Trajectory;
        CameraTrajectory? elsewhere = TrajectoryRescaler.Rescale(path.Scaled(7).SeenFrom(rng.NextPose()), 0.04, 0.01, options).Trajectory;

        Near.Equal(Paths.Numbers(here!), Paths.Numbers(elsewhere!), 1e-11);
    });

    [Fact]
    public void Rescaling_twice_to_the_same_speeds_changes_nothing() => ForAll.Seeds(100, rng =>
    {
        RescaleOptions options = new() { Translation = (TranslationScaling)rng.Next(2), Epsilon = 0 };

        CameraTrajectory once = TrajectoryRescaler.Rescale(rng.NextPath(15), 0.04, 0.01, options).Trajectory!;
        CameraTrajectory twice = TrajectoryRescaler.Rescale(once, 0.04, 0.01, options).Trajectory!;

        Near.Equal(Paths.Numbers(once), Paths.Numbers(twice), 1e-11);
    });

    [Fact]
    public void Scaled_increments_run_backwards_when_time_does() => ForAll.Seeds(100, rng =>
    {
        CameraTrajectory path = rng.NextPath(15);

        CameraTrajectory thenReversed = TrajectoryRescaler.Rescale(path, 0.04, 0.01).Trajectory!.Reversed().RelativeToFirst();
        CameraTrajectory reversedThen = TrajectoryRescaler.Rescale(path.Reversed(), 0.04, 0.01).Trajectory!;

        // Only the turning: a body step belongs to the camera it starts from, and backwards that is the other one.
        for (int i = 0; i < 15; i++) Assert.Equal(0, SO3.GeodesicDistance(thenReversed[i].Rotation, reversedThen[i].Rotation), 1e-12);
    });

    [Fact]
    public void World_to_camera_poses_are_scaled_by_other_factors()
    {
        CameraTrajectory path = Paths.Yaw(20, 0.1).SeenFrom(new(SO3.Identity, new(10, 0, 0)));

        Assert.Equal(0.5, TrajectoryRescaler.Rescale(path, 0.05, 0.05).TranslationFactor, 1e-6);
        Assert.True(TrajectoryRescaler.Rescale(path.Map(pose => pose.Inverse()), 0.05, 0.05).TranslationFactor < 0.1);
    }

    [Fact]
    public void Body_frame_scaling_keeps_forward_motion_forward()
    {
        CameraTrajectory path = Paths.Yaw(40, 0.05, 0.2);

        CameraTrajectory body = TrajectoryRescaler.Rescale(path, 0.1, 0.01).Trajectory!;
        CameraTrajectory world = TrajectoryRescaler.Rescale(path, 0.1, 0.01, new() { Translation = TranslationScaling.WorldFrame }).Trajectory!;

        Vector3d bodyStep = body[38].Rotation.Inverse() * (body[39].Translation - body[38].Translation);
        Vector3d worldStep = world[38].Rotation.Inverse() * (world[39].Translation - world[38].Translation);
        Near.Equal([0, 0, 0.1], [bodyStep.X, bodyStep.Y, bodyStep.Z], 1e-7);
        Assert.True(Math.Abs(worldStep.X) > 0.09, $"in the world frame the walker moves sideways, here by {worldStep.X} m");
    }

    [Fact]
    public void A_path_with_timestamps_keeps_them()
    {
        CameraTrajectory path = new(Paths.Yaw(3, 0.1).CameraToWorld, [0, 0.5, 1]);

        Near.Equal([0, 0.5, 1], TrajectoryRescaler.Rescale(path, 0.1, 0.1).Trajectory!.TimestampsSeconds, 0);
    }

    [Fact]
    public void The_unwrapped_logarithm_passes_a_full_turn_about_any_axis() => ForAll.Seeds(200, rng =>
    {
        // Two turns whose middle and last frame are whole turns: there the rotation is the identity, up to roundings that show no axis.
        Vector3d axis = rng.NextUnitVector();
        int frames = 2 * rng.Next(20, 60) + 1;
        SE3[] poses = [.. Enumerable.Range(0, frames).Select(i => new SE3(SO3.Exp(4 * Math.PI * i / (frames - 1) * axis), new(0, 0, 0.1 * i)))];
        CameraTrajectory path = new CameraTrajectory(poses).SeenFrom(rng.NextPose());

        RescaleResult unwrapped = TrajectoryRescaler.Rescale(path, 0.05, 0.03, RescaleOptions.Paper with { Rotation = RotationScaling.RelativeLogUnwrapped });
        RescaleResult steps = TrajectoryRescaler.Rescale(path, 0.05, 0.03, RescaleOptions.Paper with { Rotation = RotationScaling.Increments });

        Assert.Equal(RescaleGuards.None, unwrapped.Guards);
        Near.Equal(Paths.Numbers(steps.Trajectory!), Paths.Numbers(unwrapped.Trajectory!), 1e-12);
    });

    [Theory]
    [InlineData(17, 0.25)]     // beyond π
    [InlineData(33, 0.4)]      // two turns
    public void A_wrapped_logarithm_is_detected(int frames, double radiansPerFrame)
    {
        CameraTrajectory path = Paths.Yaw(frames, radiansPerFrame);

        RescaleResult kept = TrajectoryRescaler.Rescale(path, 0.05, 0.03, RescaleOptions.Paper with { WhenRotationWraps = WrapResponse.Keep });
        RescaleResult unwrapped = TrajectoryRescaler.Rescale(path, 0.05, 0.03, RescaleOptions.Paper);
        RescaleResult refused = TrajectoryRescaler.Rescale(path, 0.05, 0.03, RescaleOptions.Paper with { WhenRotationWraps = WrapResponse.Reject });

        Assert.Equal(RescaleGuards.RotationWrapped, kept.Guards & RescaleGuards.RotationWrapped);
        Assert.True(kept.SpeedsAfter!.MaximumRotationRadiansPerFrame > 0.3);
        Assert.Equal(RescaleGuards.RotationWrapped, unwrapped.Guards & RescaleGuards.RotationWrapped);
        Assert.Equal(RotationScaling.RelativeLogUnwrapped, unwrapped.RotationMode);
        Assert.Equal(0.03, unwrapped.SpeedsAfter!.MaximumRotationRadiansPerFrame, 1e-7);
        Assert.True(refused.IsRejected);
        Assert.Null(refused.Trajectory);
    }

    [Fact]
    public void A_path_below_half_a_turn_does_not_wrap()
    {
        RescaleResult result = TrajectoryRescaler.Rescale(Paths.Yaw(31, 0.1), 0.05, 0.03, RescaleOptions.Paper);

        Assert.Equal(RescaleGuards.None, result.Guards);
        Assert.Equal(RotationScaling.RelativeLog, result.RotationMode);
    }

    [Fact]
    public void Noise_of_a_standing_camera_is_not_blown_up() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory still = new([.. Enumerable.Range(0, 10).Select(_ =>
            new SE3(SO3.Exp(1e-6 * rng.NextUnitVector()), 1e-6 * rng.NextUnitVector()))]);

        RescaleResult result = TrajectoryRescaler.Rescale(still, 0.05, 0.03, new() { Rotation = (RotationScaling)rng.Next(3) });

        Assert.Equal(RescaleGuards.TranslationTooSlow | RescaleGuards.RotationTooSlow, result.Guards);
        Assert.Equal(0, result.TranslationFactor);
        Assert.Equal(0, result.RotationFactor);
        Assert.Equal(0, result.SpeedsAfter!.MaximumTranslationMetresPerFrame);
        Assert.Equal(0, result.SpeedsAfter!.MaximumRotationRadiansPerFrame);
    });

    [Theory]
    [InlineData(0.99e-4, 1.01e-4, RescaleGuards.TranslationTooSlow)]
    [InlineData(1.01e-4, 0.99e-4, RescaleGuards.RotationTooSlow)]
    [InlineData(1.01e-4, 1.01e-4, RescaleGuards.None)]
    public void A_tenth_of_a_millimetre_and_of_a_milliradian_per_frame_is_motion(double metres, double radians, RescaleGuards guards) =>
        Assert.Equal(guards, TrajectoryRescaler.Rescale(Paths.Yaw(10, radians, metres), 1e-3, 1e-3).Guards);

    [Theory]
    [InlineData(0.79, 0.079, RescaleGuards.None)]
    [InlineData(0.81, 0.079, RescaleGuards.TranslationJump)]
    [InlineData(0.79, 0.081, RescaleGuards.RotationJump)]
    public void A_step_of_eight_times_the_median_is_a_jump(double metres, double radians, RescaleGuards guards)
    {
        SE3 step = new(SO3.Exp(new(0, 0.01, 0)), new(0, 0, 0.1)), fastest = new(SO3.Exp(new(0, radians, 0)), new(0, 0, metres));
        SE3[] poses = new SE3[21];
        poses[0] = SE3.Identity;
        for (int i = 1; i < poses.Length; i++) poses[i] = poses[i - 1] * (i == 7 ? fastest : step);

        RescaleResult result = TrajectoryRescaler.Rescale(new(poses), 0.05, 0.01);

        Assert.Equal(guards, result.Guards);
        Assert.Equal(guards != RescaleGuards.None, result.IsRejected);
    }

    [Fact]
    public void Factors_are_capped_and_the_cap_is_reported()
    {
        CameraTrajectory slow = Paths.Yaw(10, 2e-4, 2e-4);

        RescaleResult result = TrajectoryRescaler.Rescale(slow, 0.05, 0.05);

        Assert.Equal(100, result.TranslationFactor);
        Assert.Equal(100, result.RotationFactor);
        Assert.Equal(RescaleGuards.TranslationFactorCapped | RescaleGuards.RotationFactorCapped, result.Guards);
        Assert.Equal(0.02, result.SpeedsAfter!.MaximumTranslationMetresPerFrame, 1e-12);
    }

    [Fact]
    public void One_bad_pose_rejects_the_clip_and_says_why()
    {
        SE3[] poses = Paths.Yaw(21, 0.01, 0.1).CameraToWorld.ToArray();
        poses[10] = poses[10] with { Translation = poses[10].Translation + new Vector3d(5, 0, 0) };

        RescaleResult result = TrajectoryRescaler.Rescale(new(poses), 0.05, 0.01);

        Assert.True(result.IsRejected);
        Assert.Equal(RescaleGuards.TranslationJump, result.Guards);
        Assert.Contains("median step 0.1 m", result.Rejection, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_turn_rejects_the_clip()
    {
        SE3[] poses = Paths.Yaw(21, 0.01, 0.1).CameraToWorld.ToArray();
        poses[10] = poses[10] with { Rotation = poses[10].Rotation * SO3.Exp(new(0, 0, 1)) };

        Assert.Equal(RescaleGuards.RotationJump, TrajectoryRescaler.Rescale(new(poses), 0.05, 0.01).Guards);
    }

    [Fact]
    public void A_quantile_below_1_lets_single_fast_steps_exceed_the_top_speed()
    {
        SE3[] poses = Paths.Yaw(101, 0.01, 0.1).CameraToWorld.ToArray();
        for (int i = 50; i < poses.Length; i++) poses[i] = poses[i] with { Translation = poses[i].Translation + new Vector3d(0.4, 0, 0) };

        RescaleResult result = TrajectoryRescaler.Rescale(new(poses), 0.05, 0.01, new() { SpeedQuantile = 0.95, Epsilon = 0 });

        Assert.Equal(0.05, result.SpeedsAfter!.MedianTranslationMetresPerFrame, 1e-12);
        Assert.True(result.SpeedsAfter!.MaximumTranslationMetresPerFrame > 0.15);
    }

    [Theory]
    [InlineData(double.NaN, 0.1)]
    [InlineData(0.1, double.PositiveInfinity)]
    [InlineData(-0.1, 0.1)]
    public void Top_speeds_must_be_finite_and_not_negative(double translation, double rotation) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TrajectoryRescaler.Rescale(Paths.Yaw(3, 0.1), translation, rotation));

    [Fact]
    public void One_frame_cannot_be_rescaled() =>
        Assert.Throws<ArgumentException>(() => TrajectoryRescaler.Rescale(new([SE3.Identity]), 0.1, 0.1));

    [Fact]
    public void All_bad_options_are_named_at_once()
    {
        RescaleOptions bad = new() { Epsilon = double.NaN, MaximumFactor = 0, SpeedQuantile = 2, MaximumJumpRatio = 1, Rotation = (RotationScaling)9 };

        ArgumentException error = Assert.Throws<ArgumentException>(() => bad.Validated());

        Assert.All(["Epsilon", "MaximumFactor", "SpeedQuantile", "MaximumJumpRatio", "Rotation"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }
}
