namespace GeoAlign.Geometry.Tests;

public class ReDirectorErrorsTests
{
    public static TheoryData<string> Cases => MetricCases.Names;

    [Theory, MemberData(nameof(Cases))]
    public void Double_and_float32_values_match_the_original(string name)
    {
        double[] golden = MetricCases.Golden[name + ".redirector_rotdeg_trans_f32_f64"].Values;

        ReDirectorErrors exact = ReDirectorErrors.Between(MetricCases.Estimated(name), MetricCases.Target(name));
        ReDirectorErrors single = ReDirectorErrors.BetweenInFloat32(MetricCases.Estimated(name), MetricCases.Target(name));

        // The original's double value takes arccos of the trace; where single angles are near 0 or π that is its error, not ours.
        Near.Equal([golden[2]], [exact.RotationErrorDegrees], 1e-10 + MeanArcCosineErrorDegrees(name), what: "RotErr, double");
        Near.Equal([golden[3]], [exact.TranslationError ?? double.NaN], 1e-10, what: "TransErr, double");
        Near.Equal([golden[0]], [single.RotationErrorDegrees], 1e-3, what: "RotErr, float32");
        Near.Equal([golden[1]], [single.TranslationError ?? double.NaN], 1e-5, what: "TransErr, float32");
    }

    private static double MeanArcCosineErrorDegrees(string name)
    {
        CameraTrajectory p = MetricCases.Estimated(name), g = MetricCases.Target(name);
        double sum = 0;
        for (int i = 0; i < p.Count; i++)
            for (int j = 0; j < p.Count; j++)
                if (i != j) sum += MetricCases.ArcCosineError(SO3.GeodesicDistance(p[i].Rotation.Inverse() * p[j].Rotation, g[i].Rotation.Inverse() * g[j].Rotation));
        return 180 / Math.PI * sum / (p.Count * (p.Count - 1));
    }

    [Fact]
    public void The_metric_is_blind_to_a_similarity_and_the_rotation_error_to_a_global_rotation() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory target = rng.NextPath(15);

        ReDirectorErrors errors = ReDirectorErrors.Between(target.Scaled(0.3).SeenFrom(rng.NextPose()), target);

        Assert.Equal(0, errors.RotationErrorDegrees, 1e-12);
        Assert.Equal(0, errors.TranslationError!.Value, 1e-12);
    });

    [Fact]
    public void A_target_that_only_turns_hides_every_translation()
    {
        CameraTrajectory target = ReDirectorTrajectory.Make(CameraMove.PanRight, 17);
        CameraTrajectory estimated = new([.. target.Select((pose, i) => pose with { Translation = new(0.1 * i, 0.02 * i * i, 0) })]);

        ReDirectorErrors errors = ReDirectorErrors.Between(estimated, target);

        Assert.Equal(0, errors.TranslationError!.Value, 1e-12);
        Assert.Equal(AlignmentDegeneracy.ReferenceStatic, errors.Degeneracy);
    }

    [Fact]
    public void An_estimate_that_does_not_move_has_no_translation_error()
    {
        ReDirectorErrors errors = ReDirectorErrors.Between(TrajectoryPresets.Pan(9, 0.1), TrajectoryPresets.Dolly(9, 1));

        Assert.Null(errors.TranslationError);
        Assert.Equal(AlignmentDegeneracy.EstimateStatic, errors.Degeneracy);
    }

    [Fact]
    public void One_wrong_frame_of_n_adds_two_over_n_of_its_angle()
    {
        SE3[] poses = Paths.Yaw(10, 0.1).CameraToWorld.ToArray();
        poses[3] = poses[3] with { Rotation = poses[3].Rotation * SO3.Exp(new(0.2, 0, 0)) };

        Assert.Equal(0.2 * 2 / 10 * 180 / Math.PI, ReDirectorErrors.Between(new(poses), Paths.Yaw(10, 0.1)).RotationErrorDegrees, 1e-12);
    }

    [Fact]
    public void Identical_paths_are_exactly_0_in_double_and_not_in_float32() => ForAll.Seeds(20, rng =>
    {
        CameraTrajectory path = rng.NextPath(12, radiansPerFrame: 0.2);

        Assert.Equal(0, ReDirectorErrors.Between(path, path).RotationErrorDegrees, 1e-13);
        Assert.InRange(ReDirectorErrors.BetweenInFloat32(path, path).RotationErrorDegrees, 1e-5, 0.02);
    });

    [Fact]
    public void Published_numbers_have_two_decimals()
    {
        ReDirectorErrors errors = new() { RotationErrorDegrees = 1.46352, TranslationError = 0.0149, Degeneracy = AlignmentDegeneracy.None };

        Assert.Equal(1.46, errors.RoundedAsPublished().RotationErrorDegrees);
        Assert.Equal(0.01, errors.RoundedAsPublished().TranslationError);
    }

    [Theory]
    [InlineData(2.675, 2.67), InlineData(0.015, 0.01), InlineData(1.115, 1.11), InlineData(0.285, 0.28)]      // just below the middle, as binary numbers
    [InlineData(0.125, 0.12), InlineData(0.375, 0.38)]                                                        // in the middle: to even
    [InlineData(0.145, 0.14), InlineData(0.155, 0.15), InlineData(0.0149999, 0.01), InlineData(179.996, 180), InlineData(0, 0)]
    public void Two_decimals_are_those_of_the_binary_number(double value, double rounded)
    {
        ReDirectorErrors errors = new() { RotationErrorDegrees = value, TranslationError = value, Degeneracy = AlignmentDegeneracy.None };

        Assert.Equal(rounded, errors.RoundedAsPublished().RotationErrorDegrees);
        Assert.Equal(rounded, errors.RoundedAsPublished().TranslationError);
    }

    [Fact]
    public void One_pose_is_refused() => Assert.Throws<ArgumentException>(() => ReDirectorErrors.Between(new([SE3.Identity]), new([SE3.Identity])));
}
