using GeoAlign.Geometry;

namespace GeoAlign.Miniature.Tests;

public class MotionFlawTests
{
    [Fact]
    public void Factors_are_uniform_and_independent()
    {
        const int draws = 4000;
        MotionFlaw[] flaws = [.. Enumerable.Range(0, draws).Select(i => MiniatureWorld.Draw(1, MiniatureSet.Training, i).Flaw)];
        double kappa = flaws.Average(f => f.TranslationFactor), rho = flaws.Average(f => f.RotationFactor);
        double kappaSpread = Math.Sqrt(flaws.Average(f => Math.Pow(f.TranslationFactor - kappa, 2)));
        double rhoSpread = Math.Sqrt(flaws.Average(f => Math.Pow(f.RotationFactor - rho, 2)));
        double correlation = flaws.Average(f => (f.TranslationFactor - kappa) * (f.RotationFactor - rho)) / (kappaSpread * rhoSpread);

        // Four standard errors of the mean; the spread of a uniform is its width/√12.
        Assert.Equal(0.675, kappa, 4 * 0.65 / Math.Sqrt(12 * draws));
        Assert.Equal(0.8, rho, 4 * 0.4 / Math.Sqrt(12 * draws));
        Assert.Equal(0.65 / Math.Sqrt(12), kappaSpread, 0.01);
        Assert.Equal(0.4 / Math.Sqrt(12), rhoSpread, 0.006);
        Assert.Equal(0, correlation, 4 / Math.Sqrt(draws));
        Assert.All(flaws, f => Assert.True(f.TranslationFactor is > 0.35 and < 1 && f.RotationFactor is > 0.6 and < 1));
    }

    [Fact]
    public void A_flawed_clip_moves_a_share_of_its_label()
    {
        CameraTrajectory label = MiniatureWorld.Draw(2, MiniatureSet.Training, 0).Requested;

        CameraTrajectory moved = new MotionFlaw(0.5, 0.7).Applied(label);

        for (int k = 0; k < 6; k++)
        {
            Assert.Equal(0, Vector3d.Distance(0.5 * label[k].Translation, moved[k].Translation), 1e-15);
            Assert.Equal(0, Vector3d.Distance(0.7 * label[k].Rotation.Log(), moved[k].Rotation.Log()), 1e-14);
        }
    }

    [Fact]
    public void No_flaw_changes_nothing()
    {
        CameraTrajectory label = MiniatureWorld.Draw(3, MiniatureSet.Training, 0).Requested;

        CameraTrajectory moved = MotionFlaw.None.Applied(label);

        Assert.Equal(0, TrajectoryError.Between(moved, label).TranslationMetres, 1e-14);
        Assert.Equal(0, TrajectoryError.Between(moved, label).RotationRadians, 1e-14);
    }
}
