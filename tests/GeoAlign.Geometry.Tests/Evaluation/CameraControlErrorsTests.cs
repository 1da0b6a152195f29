namespace GeoAlign.Geometry.Tests;

public class CameraControlErrorsTests
{
    private static readonly FixtureTensors Rewards = FixtureTensors.Load("rewards", "geometry_reward.safetensors");

    public static TheoryData<string> Cases => MetricCases.Names;

    [Theory, MemberData(nameof(Cases))]
    public void Frame_errors_match_the_goldens(string name)
    {
        FixtureTensors golden = MetricCases.Golden;
        CameraTrajectory estimated = MetricCases.Estimated(name), target = MetricCases.Target(name);

        CameraControlErrors raw = CameraControlErrors.Between(estimated, target, TranslationNormalisation.None);
        CameraControlErrors own = CameraControlErrors.Between(estimated, target, TranslationNormalisation.OwnMaximum, epsilon: 0);

        double[] angles = golden[name + ".cameractrl_rot_rad_perframe"].Values;          // from arccos
        for (int i = 0; i < angles.Length; i++)
            Near.Equal([angles[i]], [raw.FrameRotationRadians[i]], 1e-10 + MetricCases.ArcCosineError(angles[i]), what: $"angle of frame {i}");
        Near.Equal(golden[name + ".cameractrl_trans_perframe"].Values, raw.FrameTranslation, 1e-10);
        Near.Equal(golden[name + ".cameractrl_trans_maxnorm_perframe"].Values, own.FrameTranslation, 1e-10);
        Near.Equal(golden[name + ".cammc_perframe"].Values, raw.FrameCamMc, 1e-10);
        Near.Equal(golden[name + ".cammc_maxnorm_perframe"].Values, own.FrameCamMc, 1e-10);
    }

    [Theory]
    [InlineData("case0")]
    [InlineData("case1")]
    [InlineData("case2")]
    public void Sums_match_the_published_functions(string name)
    {
        CameraTrajectory estimated = Paths.Of(Rewards[name + ".pred_c2w"]), target = Paths.Of(Rewards[name + ".target_c2w"]);
        CameraControlErrors raw = CameraControlErrors.Between(estimated, target, TranslationNormalisation.None);
        CameraControlErrors own = CameraControlErrors.Between(estimated, target, TranslationNormalisation.OwnMaximum);
        CameraControlErrors shared = CameraControlErrors.Between(estimated, target, TranslationNormalisation.TargetMaximum);
        ReDirectorErrors pairwise = ReDirectorErrors.Between(estimated, target);
        UmeyamaAlignment fit = UmeyamaAlignment.Between(estimated, target, withScale: true);

        double[] golden = Rewards[name + ".metrics"].Values;
        double arcCosine = raw.FrameRotationRadians.ToArray().Sum(MetricCases.ArcCosineError);                 // the anchored frame 0 alone brings 2e-8
        Near.Equal([golden[0]], [raw.RotationErrorRadians], 1e-9 + arcCosine, what: "RotErr");
        Near.Equal(golden.AsSpan(1),
        [
            raw.TranslationError, raw.SquaredTranslationError, own.TranslationError, shared.TranslationError,
            raw.CamMc, own.CamMc, shared.CamMc, pairwise.RotationErrorDegrees, pairwise.TranslationError!.Value, fit.Scale,
        ], 1e-9);
    }

    [Fact]
    public void Only_the_own_maximum_is_blind_to_scale() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory target = rng.NextPath(10), half = target.RelativeToFirst().Scaled(0.5);

        Assert.Equal(0, CameraControlErrors.Between(half, target, TranslationNormalisation.OwnMaximum, 0).TranslationError, 1e-12);
        Assert.True(CameraControlErrors.Between(half, target, TranslationNormalisation.TargetMaximum).TranslationError > 1);
        Assert.True(CameraControlErrors.Between(half, target, TranslationNormalisation.None).TranslationError > 0.1);
    });

    [Fact]
    public void A_path_that_does_not_move_stays_at_0()
    {
        CameraControlErrors errors = CameraControlErrors.Between(TrajectoryPresets.Static(5), TrajectoryPresets.Static(5), TranslationNormalisation.OwnMaximum, 0);

        Assert.Equal(0, errors.TranslationError);
        Assert.Equal(0, errors.CamMc);
    }

    [Fact]
    public void Different_frame_counts_are_refused() => Assert.Throws<ArgumentException>(() =>
        CameraControlErrors.Between(Paths.Yaw(5, 0.1), Paths.Yaw(6, 0.1), TranslationNormalisation.None));
}
