namespace GeoAlign.Geometry.Tests;

public class ReCamMasterMovesTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("geometry", "make_camera_trajectory.safetensors");

    public static TheoryData<CameraMove> Moves => [.. ReCamMasterMoves.All];

    [Theory, MemberData(nameof(Moves))]
    public void The_published_matrices_are_reproduced_digit_for_digit(CameraMove move) =>
        Near.Equal(Golden["raw_c2w_rel.f64"].Row((int)move - 1), ReCamMasterMoves.PublishedMatrices3x4(move), 1e-12, what: move.ToString());

    [Theory, MemberData(nameof(Moves))]
    public void The_closed_form_differs_from_the_file_by_its_rounding_only(CameraMove move)
    {
        double[] exact = new double[12 * 81];
        for (int k = 0; k < 81; k++) ReCamMasterMoves.PoseAt(move, k / 80.5).CopyToRowMajor3x4(exact.AsSpan(12 * k, 12));

        Near.Equal(Golden["raw_c2w_rel.f64"].Row((int)move - 1), exact, 5e-5 + 1e-12, what: move.ToString());      // 0.01 cm, 6 digits
    }

    [Theory]
    [InlineData(CameraMove.PanRight, 0, 0, 0, 0, 20)]
    [InlineData(CameraMove.PanLeft, 0, 0, 0, 0, -20)]
    [InlineData(CameraMove.TiltUp, 0, 0, 0, 10, 0)]
    [InlineData(CameraMove.TiltDown, 0, 0, 0, -10, 0)]
    [InlineData(CameraMove.ZoomIn, 0, 0, 2, 0, 0)]
    [InlineData(CameraMove.ZoomOut, 0, 0, -2, 0, 0)]
    [InlineData(CameraMove.TranslateUp, 0, -1, 0, -14.036243467926479, 0)]
    [InlineData(CameraMove.TranslateDown, 0, 1, 0, 14.036243467926479, 0)]
    [InlineData(CameraMove.ArcLeft, -2, 0, 0.535898384862245, 0, 30)]
    [InlineData(CameraMove.ArcRight, 2, 0, 0.535898384862245, 0, -30)]
    public void A_complete_move_ends_where_its_name_says(CameraMove move, double x, double y, double z, double pitchDegrees, double yawDegrees)
    {
        CameraTrajectory path = ReCamMasterMoves.Path(move, 21);

        Vector3d omega = 180 / Math.PI * path[20].Rotation.Log();
        Assert.Equal(SE3.Identity, path[0]);
        Near.Equal([x, y, z], [path[20].Translation.X, path[20].Translation.Y, path[20].Translation.Z], 1e-14);
        Near.Equal([pitchDegrees, yawDegrees, 0], [omega.X, omega.Y, omega.Z], 1e-12);
    }

    [Theory]
    [InlineData(CameraMove.TranslateUp)]
    [InlineData(CameraMove.TranslateDown)]
    [InlineData(CameraMove.ArcLeft)]
    [InlineData(CameraMove.ArcRight)]
    public void Moves_with_rotation_keep_the_point_4_m_ahead_in_the_middle(CameraMove move) => Assert.All(ReCamMasterMoves.Path(move, 30), pose =>
    {
        Vector3d pivot = pose.Inverse() * new Vector3d(0, 0, 4);

        Assert.Equal(0, pivot.X, 1e-14);
        Assert.Equal(0, pivot.Y, 1e-14);
    });

    [Fact]
    public void There_is_no_eleventh_move() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ReCamMasterMoves.PoseAt((CameraMove)11, 0.5));
}
