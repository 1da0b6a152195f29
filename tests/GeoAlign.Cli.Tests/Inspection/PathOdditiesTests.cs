using GeoAlign.Geometry;

namespace GeoAlign.Cli.Tests.Inspection;

public class PathOdditiesTests
{
    [Fact]
    public void A_steady_metric_walk_has_none() => Assert.Empty(Codes(Straight(30, 0.05)));

    [Fact]
    public void A_camera_at_rest_stands_still() => Assert.Equal(["static"], Codes(new([.. Enumerable.Repeat(SE3.Identity, 30)])));

    [Fact]
    public void A_pan_only_turns() => Assert.Equal(["only-turns"], Codes(TrajectoryPresets.Pan(30, 0.5)));

    [Fact]
    public void A_jump_is_found_at_its_frame()
    {
        SE3[] poses = Straight(30, 0.05).CameraToWorld.ToArray();
        for (int i = 17; i < 30; i++) poses[i] = poses[i] with { Translation = poses[i].Translation + new Vector3d(1, 0, 0) };

        Finding finding = Assert.Single(Findings(new(poses)), f => f.Code == "translation-jump");
        Assert.Contains("into frame 17:", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_turn_in_one_step_is_a_jump_of_rotation()
    {
        SE3[] poses = TrajectoryPresets.Pan(30, 0.3).CameraToWorld.ToArray();
        SO3 turn = SO3.Exp(new(0, 0.5, 0));
        for (int i = 9; i < 30; i++) poses[i] = new(turn * poses[i].Rotation, poses[i].Translation);

        Finding finding = Assert.Single(Findings(new(poses)), f => f.Code == "rotation-jump");
        Assert.Contains("into frame 9:", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metres_that_cannot_be_are_questioned()
    {
        Assert.Contains("fast", Codes(Straight(30, 2)));
        Assert.Contains("fast", Codes(Straight(30, 0.9), framesPerSecond: 30));
        Assert.DoesNotContain("fast", Codes(Straight(30, 0.9)));
        Assert.Contains("tiny", Codes(Straight(30, 2e-4)));
        Assert.DoesNotContain("fast", Codes(Straight(30, 2), isMetric: false));
    }

    [Fact]
    public void An_unknown_scale_is_told() => Assert.Equal(["unknown-scale"], Codes(Straight(30, 0.05), isMetric: false));

    [Fact]
    public void World_to_camera_poses_of_a_turning_walk_are_suspected()
    {
        SE3[] walk = [.. Enumerable.Range(0, 60).Select(i => new SE3(SO3.Exp(new(0, 0.6 * Math.Sin(0.3 * i), 0)), new(10, 0, 0.05 * i)))];

        Assert.DoesNotContain("maybe-world-to-camera", Codes(new(walk)));
        Assert.Contains("maybe-world-to-camera", Codes(new(Array.ConvertAll(walk, p => p.Inverse()))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    public void A_camera_on_its_way_around_the_origin_is_not_suspected(double noise) => ForAll.Seeds(20, rng =>
    {
        double Shake() => noise * (2 * rng.NextDouble() - 1);
        SE3[] orbit = [.. Enumerable.Range(0, 60).Select(i => new SE3(SO3.Exp(new(0, 0.1 * i, 0)), default) * new SE3(SO3.Exp(new(Shake(), Shake(), 0)), new(Shake(), Shake(), -3 + Shake())))];

        Assert.DoesNotContain("maybe-world-to-camera", Codes(new(orbit)));
    });

    [Fact]
    public void No_preset_is_suspected()
    {
        foreach (CameraTrajectory path in new[] { TrajectoryPresets.Pan(49, 1), TrajectoryPresets.Dolly(49, 2), TrajectoryPresets.Truck(49, -1), TrajectoryPresets.Arc(49, 1, 3), TrajectoryPresets.Pedestal(49, 1) })
            Assert.DoesNotContain("maybe-world-to-camera", Codes(path));
    }

    [Fact]
    public void A_frozen_stretch_is_found()
    {
        SE3[] poses = Straight(40, 0.05).CameraToWorld.ToArray();
        for (int i = 11; i <= 20; i++) poses[i] = poses[10];

        Assert.Contains("Frames 10 to 20", Assert.Single(Findings(new(poses)), f => f.Code == "frozen").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_frames_and_uneven_times_are_counted()
    {
        CameraTrajectory path = new(Straight(4, 0.05).CameraToWorld, [0, 0.1, 0.2, 0.6]);
        NamedPath named = new("p", new RecordedTrajectory(path, true, frameNumbers: [0, 1, 2, 6]));

        IReadOnlyList<Finding> found = PathOddities.Of(named, PathFacts.Of(named, null));

        Assert.Equal(["missing-frames", "irregular-times"], found.Select(f => f.Code));
        Assert.StartsWith("3 frames have", found[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("1 interval is", found[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_pose_has_no_motion() => Assert.Equal(["single-pose"], Codes(new([SE3.Identity])));

    [Fact]
    public void Rotations_that_a_reader_had_to_mend_are_told()
    {
        using ScratchFolder folder = new();
        string file = folder.Write("a.kitti", "1 0 0 0 0 1 0 0 0 0 1 0\n1.0001 0 0 0 0 1 0 0 0 0 1 0.1\n");

        double? deviation = PrintedRotations.LargestDeviation(file, TrajectoryFormat.Kitti, null);

        Near.Equal([1.0001 * 1.0001 - 1], [deviation!.Value], 1e-12, 0, "|RᵀR − I|");
        NamedPath named = new("p", TrajectoryFile.Read(file));
        Assert.Contains("loose-rotations", PathOddities.Of(named, PathFacts.Of(named, null) with { RotationDeviation = deviation }).Select(f => f.Code));
    }

    [Theory]
    [InlineData("tum")]
    [InlineData("kitti")]
    [InlineData("realestate10k")]
    [InlineData("nerfstudio")]
    [InlineData("vipe")]
    [InlineData("numpy")]
    public void Rotations_that_were_written_here_are_tight(string format)
    {
        using ScratchFolder folder = new();
        Directory.CreateDirectory(folder.At("pose"));
        string file = folder.At("pose", "a");
        TrajectoryFile.Write(file, SamplePaths.Walk(), FormatNames.Parse(format));

        Assert.InRange(PrintedRotations.LargestDeviation(file, FormatNames.Parse(format), null)!.Value, 0, 1e-14);
    }

    private static CameraTrajectory Straight(int frames, double step) => new([.. Enumerable.Range(0, frames).Select(i => new SE3(SO3.Identity, new(0, 0, step * i)))]);

    private static IReadOnlyList<Finding> Findings(CameraTrajectory path, bool isMetric = true, double? framesPerSecond = null)
    {
        NamedPath named = new("p", new RecordedTrajectory(path, isMetric));
        return PathOddities.Of(named, PathFacts.Of(named, framesPerSecond));
    }

    private static string[] Codes(CameraTrajectory path, bool isMetric = true, double? framesPerSecond = null) => [.. Findings(path, isMetric, framesPerSecond).Select(f => f.Code)];
}
