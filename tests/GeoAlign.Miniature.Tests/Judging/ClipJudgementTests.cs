using GeoAlign.Geometry;

namespace GeoAlign.Miniature.Tests;

public class ClipJudgementTests
{
    [Fact]
    public void Errors_are_means_over_the_generated_frames()
    {
        CameraTrajectory requested = Path((0.2, 0.1), (0.4, 0.2)), estimated = Path((0.1, 0.05), (0.2, 0.2));

        ClipJudgement judged = ClipJudgement.Of(estimated, requested, 0.1, 0.9);

        Assert.Equal(0.15, judged.TranslationErrorMetres, 1e-12);                                   // (0.1 + 0.2)/2
        Assert.Equal(double.RadiansToDegrees(0.025), judged.RotationErrorDegrees, 1e-9);            // (0.05 + 0)/2
        Assert.Equal(0.5, judged.TranslationScale!.Value, 1e-12);
        Assert.Equal((0.005 + 0.04) / (0.01 + 0.04), judged.RotationScale!.Value, 1e-12);
        Assert.Equal(0, judged.ScaleAlignedTranslationErrorMetres, 1e-12);
        Assert.Equal((0.1, 0.9), (judged.ResidualRms, judged.Sharpness));
    }

    [Fact]
    public void A_clip_that_moves_the_wrong_way_has_a_negative_scale()
    {
        ClipJudgement judged = ClipJudgement.Of(Path((-0.2, -0.1)), Path((0.2, 0.1)), 0, 1);

        Assert.Equal(-1, judged.TranslationScale!.Value, 1e-12);
        Assert.Equal(-1, judged.RotationScale!.Value, 1e-12);
        Assert.Equal(0.4, judged.TranslationErrorMetres, 1e-12);
    }

    [Fact]
    public void There_is_no_scale_where_nothing_was_asked_for()
    {
        ClipJudgement judged = ClipJudgement.Of(Path((0.1, 0.1)), Path((0, 0)), 0, 1), still = ClipJudgement.Of(Path((0, 0)), Path((0.3, 0)), 0, 1);

        Assert.Null(judged.TranslationScale);
        Assert.Null(judged.RotationScale);
        Assert.Equal(0, still.TranslationScale);
        Assert.Equal(0.3, still.ScaleAlignedTranslationErrorMetres, 1e-12);
    }

    [Fact]
    public void A_summary_is_the_mean_of_those_that_have_a_value()
    {
        ClipJudgement a = ClipJudgement.Of(Path((0.1, 0)), Path((0.2, 0)), 0.1, 0.8), b = ClipJudgement.Of(Path((0, 0.1)), Path((0, 0.2)), 0.3, 1);

        JudgementSummary summary = JudgementSummary.Of([a, b]);

        Assert.Equal(2, summary.Clips);
        Assert.Equal(0.05, summary.TranslationErrorMetres, 1e-12);
        Assert.Equal(double.RadiansToDegrees(0.05), summary.RotationErrorDegrees, 1e-9);
        Assert.Equal(0.5, summary.TranslationScale!.Value, 1e-12);
        Assert.Equal(0.5, summary.RotationScale!.Value, 1e-12);
        Assert.Equal(0.2, summary.ResidualRms, 1e-12);
        Assert.Equal(0.9, summary.Sharpness, 1e-12);
        Assert.Throws<ArgumentException>(() => JudgementSummary.Of([]));
    }

    // Each frame: metres to the right and radians of yaw.
    private static CameraTrajectory Path(params (double X, double Yaw)[] frames) =>
        new([SE3.Identity, .. frames.Select(f => new SE3(SO3.Exp(new(0, f.Yaw, 0)), new(f.X, 0, 0)))]);
}
