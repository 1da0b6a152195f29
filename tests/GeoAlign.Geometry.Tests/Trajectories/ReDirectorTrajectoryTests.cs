using System.Globalization;

namespace GeoAlign.Geometry.Tests;

public class ReDirectorTrajectoryTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("geometry", "make_camera_trajectory.safetensors");

    public static TheoryData<string> Cases => [.. Golden.Names.Where(n => n.StartsWith("cam", StringComparison.Ordinal))];

    // cam09_n97_s1.5
    private static (CameraMove Move, int Frames, double Speed) Read(string name)
    {
        string[] parts = name.Split('_');
        return ((CameraMove)int.Parse(parts[0][3..], CultureInfo.InvariantCulture), int.Parse(parts[1][1..], CultureInfo.InvariantCulture),
            double.Parse(parts[2][1..], CultureInfo.InvariantCulture));
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_original_function_is_met_from_its_file(string name)
    {
        (CameraMove move, int frames, double speed) = Read(name);

        CameraTrajectory path = ReDirectorTrajectory.Retime(Golden["raw_c2w_rel.f64"].Row((int)move - 1), frames, speed);

        Near.Equal(Golden[name].Values, Paths.Numbers(path), 1e-12, what: name);
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_original_function_is_met_without_its_file(string name)
    {
        (CameraMove move, int frames, double speed) = Read(name);

        Near.Equal(Golden[name].Values, Paths.Numbers(ReDirectorTrajectory.Make(move, frames, speed)), 1e-12, what: name);
    }

    [Fact]
    public void At_the_same_speed_a_shorter_clip_shows_less_of_the_move()
    {
        double Degrees(int frames) => 180 / Math.PI * ReDirectorTrajectory.Make(CameraMove.PanRight, frames)[^1].Rotation.Log().Y;

        Assert.Equal(19.876, Degrees(81), 1e-3);
        Assert.Equal(3.975, Degrees(17), 1e-3);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(81)]
    [InlineData(97)]
    public void With_the_same_total_every_length_covers_the_whole_move(int frames)
    {
        CameraTrajectory pan = ReDirectorTrajectory.Make(CameraMove.PanRight, frames, motion: RetimedMotion.SameTotal);
        CameraTrajectory dolly = ReDirectorTrajectory.Make(CameraMove.ZoomIn, frames, speed: 1.5, motion: RetimedMotion.SameTotal);

        Assert.Equal(19.876, 180 / Math.PI * pan[^1].Rotation.Log().Y, 1e-3);
        Assert.Equal(1.5 * 1.9876, dolly[^1].Translation.Z, 1e-12);
    }

    [Fact]
    public void A_path_about_a_fixed_axis_at_its_own_length_keeps_its_turning() => ForAll.Seeds(50, rng =>
    {
        CameraTrajectory path = Paths.Yaw(21, 0.1 * rng.NextDouble(), rng.NextDouble()).SeenFrom(rng.NextPose());

        CameraTrajectory retimed = ReDirectorTrajectory.Retime(path, 21);

        for (int i = 0; i < 21; i++)
            Assert.Equal(0, SO3.GeodesicDistance(path.RelativeToFirst()[i].Rotation, retimed[i].Rotation), 1e-12);
        Assert.Equal(TrajectorySpeeds.Of(path).PathLengthMetres, TrajectorySpeeds.Of(retimed).PathLengthMetres, 1e-12);
    });

    [Fact]
    public void One_frame_is_the_identity() => Assert.Equal([SE3.Identity], ReDirectorTrajectory.Make(CameraMove.ArcLeft, 1));

    [Fact]
    public void Bad_requests_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ReDirectorTrajectory.Make(CameraMove.ArcLeft, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReDirectorTrajectory.Make(CameraMove.ArcLeft, 5, double.NaN));
        Assert.Throws<ArgumentException>(() => ReDirectorTrajectory.Retime(new CameraTrajectory([SE3.Identity]), 5));
    }
}
