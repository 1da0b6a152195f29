namespace GeoAlign.Geometry.Tests;

public class MetricPathComparisonTests
{
    private static readonly FixtureTensors Rewards = FixtureTensors.Load("rewards", "geometry_reward.safetensors");

    [Fact]
    public void Half_the_speed_is_seen_where_the_published_metric_is_blind() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory target = rng.NextPath(21), slow = target.RelativeToFirst().Scaled(0.5);

        MetricPathComparison comparison = MetricPathComparison.Between(slow, target);

        Assert.Equal(0, ReDirectorErrors.Between(slow, target).TranslationError!.Value, 1e-12);
        Assert.Equal(0.5, comparison.PathLengthRatio!.Value, 1e-12);
        Assert.Equal(2, comparison.ScaleToTarget!.Value, 1e-12);
        Assert.Equal(1, comparison.ScaleDrift!.Value, 1e-12);
        Assert.True(comparison.MeanTranslationMetres > 0.05);
        Assert.Equal(0, comparison.MeanRotationRadians, 1e-14);
    });

    [Theory]
    [InlineData("case0")]
    [InlineData("case1")]
    public void The_fitted_scale_matches_the_golden(string name) => Near.Equal(
        Rewards[name + ".scale_only"].Values,
        [MetricPathComparison.Between(Paths.Of(Rewards[name + ".pred_c2w"]), Paths.Of(Rewards[name + ".target_c2w"])).ScaleToTarget!.Value], 1e-9);

    [Fact]
    public void A_camera_that_slows_down_has_drift_below_1()
    {
        CameraTrajectory target = TrajectoryPresets.Dolly(5, 4);
        CameraTrajectory slowing = new([.. new double[] { 0, 1, 2, 2.5, 3 }.Select(z => new SE3(SO3.Identity, new(0, 0, z)))]);

        MetricPathComparison comparison = MetricPathComparison.Between(slowing, target);

        Assert.Equal(0.5, comparison.ScaleDrift!.Value, 1e-15);
        Assert.Equal(0.75, comparison.PathLengthRatio!.Value, 1e-15);
        Assert.Equal((0 + 0 + 0 + 0.5 + 1) / 5, comparison.MeanTranslationMetres, 1e-15);
    }

    [Fact]
    public void A_pan_has_no_length_ratio_but_a_parasitic_translation()
    {
        CameraTrajectory target = TrajectoryPresets.Pan(5, 0.3);
        CameraTrajectory estimated = new([.. target.Select((pose, i) => pose with { Translation = new(0, 0.01 * i, 0) })]);

        MetricPathComparison comparison = MetricPathComparison.Between(estimated, target);

        Assert.Null(comparison.PathLengthRatio);
        Assert.Null(comparison.ScaleDrift);
        Assert.Equal(0.04, comparison.ParasiticTranslationMetres!.Value, 1e-15);
        Assert.Null(MetricPathComparison.Between(estimated, TrajectoryPresets.Dolly(5, 1)).ParasiticTranslationMetres);
    }

    [Fact]
    public void An_estimate_that_stands_still_has_ratio_0_and_no_scale()
    {
        MetricPathComparison comparison = MetricPathComparison.Between(TrajectoryPresets.Static(5), TrajectoryPresets.Dolly(5, 1));

        Assert.Equal(0, comparison.PathLengthRatio);
        Assert.Null(comparison.ScaleToTarget);
        Assert.Null(comparison.ScaleDrift);
    }
}
