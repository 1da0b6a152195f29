namespace GeoAlign.Geometry.Tests;

public class CameraRowsTests
{
    [Fact]
    public void A_row_holds_intrinsics_at_1_to_4_and_the_pose_from_7_on()
    {
        CameraTrajectory path = new([new(SO3.Exp(new(0, 0, Math.PI / 2)), new(5, 6, 7))]);

        double[] row = CameraRows.Of(path, new NormalisedIntrinsics(0.7, 1.2, 0.51, 0.49));

        Near.Equal([0, 0.7, 1.2, 0.51, 0.49, 0, 0, 0, -1, 0, 5, 1, 0, 0, 6, 0, 0, 1, 7], row, 1e-15);
    }

    [Fact]
    public void Reading_undoes_writing() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory path = rng.NextPath(6);
        NormalisedIntrinsics lens = new(0.7, 1.2);

        double[] rows = CameraRows.Of(path, lens);

        Near.Equal(Paths.Numbers(path), Paths.Numbers(CameraRows.Poses(rows)), 1e-14);
        Assert.Equal(lens, CameraRows.Intrinsics(rows.AsSpan(19, 19)));
    });

    [Fact]
    public void A_bad_row_is_named()
    {
        double[] rows = CameraRows.Of(Paths.Yaw(3, 0.1), new NormalisedIntrinsics(0.7, 1.2));
        rows[19 * 2 + 7] = 4;

        Assert.Contains("row 2", Assert.Throws<ArgumentException>(() => CameraRows.Poses(rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_row_is_refused() => Assert.Throws<ArgumentException>(() => CameraRows.Poses(new double[30]));
}
