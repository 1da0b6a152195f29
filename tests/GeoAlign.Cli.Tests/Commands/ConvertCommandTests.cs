using System.Text.Json;
using GeoAlign.Geometry;

namespace GeoAlign.Cli.Tests.Commands;

public class ConvertCommandTests
{
    public static TheoryData<string, string> Pairs
    {
        get
        {
            TheoryData<string, string> pairs = [];
            foreach (string from in FormatNames.Written)
                foreach (string to in FormatNames.Written) pairs.Add(from, to);
            return pairs;
        }
    }

    [Theory, MemberData(nameof(Pairs))]
    public async Task Poses_survive_a_conversion_between_any_two_formats(string from, string to)
    {
        using ScratchFolder folder = new();
        RecordedTrajectory walk = SamplePaths.Walk();
        HeldData holds = FormatFacts.Of(FormatNames.Parse(from)).Holds;
        string input = folder.At("in", "pose", "walk"), output = folder.At("out", "pose", "result");
        Directory.CreateDirectory(Path.GetDirectoryName(input)!);
        TrajectoryFile.Write(input, walk, FormatNames.Parse(from));
        List<string> arguments = ["convert", input, output, "--from", from, "--to", to, "--drop", "all", "--source", "https://example.org/x"];
        if (!holds.HasFlag(HeldData.Times) && FormatFacts.Of(FormatNames.Parse(to)).Holds.HasFlag(HeldData.Times)) arguments.AddRange(["--fps", "10"]);
        if (!FormatFacts.Of(FormatNames.Parse(from)).PromisesMetres) arguments.AddRange(["--metres-per-unit", "1"]);
        arguments.AddRange(holds.HasFlag(HeldData.Intrinsics) ? ["--size", "832x480"] : ["--fov", "65", "--size", "832x480"]);

        // No --fov where nothing holds it: an option that does nothing would be a lie.
        if (!FormatFacts.Of(FormatNames.Parse(to)).Holds.HasFlag(HeldData.Intrinsics)) arguments.RemoveAll(a => a is "--fov" or "65" or "--size" or "832x480");
        if (!FormatFacts.Of(FormatNames.Parse(to)).Holds.HasFlag(HeldData.Source)) arguments.RemoveAll(a => a is "--source" or "https://example.org/x");
        await ToolRun.Done([.. arguments]);

        RecordedTrajectory read = TrajectoryFile.Read(output, new TrajectoryReadOptions { Format = FormatNames.Parse(to) });
        (double distance, double angle) = SamplePaths.Difference(walk.Trajectory, read.Trajectory);
        Assert.True(distance < 1e-12 && angle < 1e-12, $"{distance} m and {angle} rad off");
        if (read.Trajectory.HasTimestamps) Near.Equal(walk.Trajectory.TimestampsSeconds, read.Trajectory.TimestampsSeconds, 1e-9, 0, "times");
        if (read.Intrinsics.Count > 0 && holds.HasFlag(HeldData.Intrinsics))
            Near.Equal([600.0 / 832, 600.0 / 480, 0.5, 0.5], Fractions(read.Intrinsics[^1]), 1e-12, 0, "intrinsics");
    }

    [Fact]
    public async Task What_would_be_lost_is_refused_by_name_and_nothing_is_written()
    {
        using ScratchFolder folder = new();
        string input = folder.At("transforms.json"), output = folder.At("walk.tum");
        TrajectoryFile.Write(input, SamplePaths.Walk(), TrajectoryFormat.Nerfstudio);

        ToolRun refused = await ToolRun.Of("convert", input, output, "--fps", "10", "--metres-per-unit", "1");
        Assert.Equal(2, refused.Code);
        Assert.Contains("--drop intrinsics image-names", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(output));

        ToolRun told = await ToolRun.Done("convert", input, output, "--fps", "10", "--metres-per-unit", "1", "--drop", "intrinsics", "image-names");
        Assert.Contains("without intrinsics, image names", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promise_of_metres_is_not_made_for_a_path_of_unknown_scale()
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("walk.npy"), SamplePaths.Walk(), TrajectoryFormat.Numpy);

        ToolRun refused = await ToolRun.Of("convert", folder.At("walk.npy"), folder.At("walk.kitti"));
        await ToolRun.Done("convert", folder.At("walk.npy"), folder.At("walk.kitti"), "--metres-per-unit", "0.5");

        Assert.Equal(2, refused.Code);
        Assert.Contains("--metres-per-unit", refused.Error, StringComparison.Ordinal);
        CameraTrajectory read = TrajectoryFile.Read(folder.At("walk.kitti")).Trajectory;
        Near.Equal([0.75], [read[^1].Translation.Z], 1e-12, 0, "half of the length");
    }

    [Fact]
    public async Task An_existing_file_is_replaced_only_when_told()
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("a.kitti"), SamplePaths.Walk(), TrajectoryFormat.Kitti);
        folder.Write("b.npy", "mine");

        ToolRun refused = await ToolRun.Of("convert", folder.At("a.kitti"), folder.At("b.npy"));
        Assert.Equal(2, refused.Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder.At("b.npy")));

        await ToolRun.Done("convert", folder.At("a.kitti"), folder.At("b.npy"), "--force");
        Assert.Equal(12, TrajectoryFile.Read(folder.At("b.npy")).Trajectory.Count);
    }

    [Fact]
    public async Task Direction_and_axes_of_arrays_can_be_said_for_both_ends()
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("a.kitti"), SamplePaths.Walk(), TrajectoryFormat.Kitti);

        await ToolRun.Done("convert", folder.At("a.kitti"), folder.At("b.npy"), "--write-world-to-camera", "--write-axes", "opengl");
        await ToolRun.Done("convert", folder.At("b.npy"), folder.At("c.kitti"), "--world-to-camera", "--axes", "opengl", "--metres-per-unit", "1");

        SE3 raw = TrajectoryFile.Read(folder.At("b.npy")).Trajectory[^1], meant = SamplePaths.Walk().Trajectory[^1];
        Assert.True(SO3.GeodesicDistance(raw.Rotation, AxisConventions.OpenGlFromOpenCv(meant).Inverse().Rotation) < 1e-12);
        (double distance, double angle) = SamplePaths.Difference(SamplePaths.Walk().Trajectory, TrajectoryFile.Read(folder.At("c.kitti")).Trajectory);
        Assert.True(distance < 1e-12 && angle < 1e-12);
    }

    [Fact]
    public async Task Axes_are_for_formats_that_do_not_fix_them()
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("a.kitti"), SamplePaths.Walk(), TrajectoryFormat.Kitti);

        ToolRun run = await ToolRun.Of("convert", folder.At("a.kitti"), folder.At("b.tum"), "--fps", "10", "--write-axes", "opengl");

        Assert.Equal(2, run.Code);
        Assert.Contains("numpy", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fps", "10")]
    [InlineData("--fov", "60")]
    [InlineData("--size", "10x10")]
    [InlineData("--source", "https://example.org/x")]
    [InlineData("--camera", "cam01")]
    [InlineData("--split", "0")]
    [InlineData("--order-by-name")]
    public async Task An_option_without_use_is_refused(params string[] option)
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("a.kitti"), SamplePaths.Walk(), TrajectoryFormat.Kitti);

        ToolRun run = await ToolRun.Of(["convert", folder.At("a.kitti"), folder.At("b.npy"), .. option]);

        Assert.Equal(2, run.Code);
        Assert.Contains(option[0], run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("b.npy")));
    }

    [Fact]
    public async Task All_cameras_of_a_scene_are_written_under_their_names()
    {
        using ScratchFolder folder = new();
        CameraTrajectory walk = SamplePaths.Walk().Trajectory, back = walk.Reversed();
        ReCamMasterCameras.Write(folder.At("camera_extrinsics.json"), [new("cam01", new(walk.CameraToWorld)), new("cam02", new(back.CameraToWorld))]);

        ToolRun one = await ToolRun.Of("convert", folder.At("camera_extrinsics.json"), folder.At("x.kitti"));
        ToolRun all = await ToolRun.Done("convert", folder.At("camera_extrinsics.json"), folder.At("paths", "{name}.kitti"), "--json");

        Assert.Equal(2, one.Code);
        Assert.Contains("cam01, cam02", one.Error, StringComparison.Ordinal);
        Assert.Contains("--camera", one.Error, StringComparison.Ordinal);
        Assert.True(SamplePaths.Difference(back, TrajectoryFile.Read(folder.At("paths", "cam02.kitti")).Trajectory).Distance < 1e-12);
        JsonElement written = JsonDocument.Parse(all.Output).RootElement.GetProperty("written");
        Assert.Equal(["cam01", "cam02"], written.EnumerateArray().Select(w => w.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Frame_numbers_become_times()
    {
        using ScratchFolder folder = new();
        RecordedTrajectory walk = SamplePaths.Walk(4);
        Directory.CreateDirectory(folder.At("pose"));
        TrajectoryFile.Write(folder.At("pose", "a.npz"), new RecordedTrajectory(walk.Trajectory, true, frameNumbers: [3, 4, 8, 9]), TrajectoryFormat.Vipe);

        await ToolRun.Done("convert", folder.At("pose", "a.npz"), folder.At("a.tum"), "--fps", "10");

        Near.Equal([0.3, 0.4, 0.8, 0.9], TrajectoryFile.Read(folder.At("a.tum")).Trajectory.TimestampsSeconds, 1e-12, 0, "times");
    }

    [Theory]
    [InlineData("--to", "tum", "--fps")]
    [InlineData("--to", "nerfstudio", "--fov")]
    [InlineData("--to", "colmap", "--fov")]
    public async Task What_a_format_needs_is_asked_for_by_its_option(string option, string value, string asked)
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("a.kitti"), SamplePaths.Walk(), TrajectoryFormat.Kitti);

        ToolRun run = await ToolRun.Of("convert", folder.At("a.kitti"), folder.At("b"), option, value);

        Assert.Equal(2, run.Code);
        Assert.Contains(asked, run.Error, StringComparison.Ordinal);
    }

    private static double[] Fractions(RecordedIntrinsics k)
    {
        double w = k.IsNormalised ? 1 : 832, h = k.IsNormalised ? 1 : 480;
        return [k.Fx / w, k.Fy / h, k.Cx / w, k.Cy / h];
    }

    [Fact]
    public async Task Rounded_time_stamps_are_said()
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("walk.tum"), SamplePaths.Walk(framesPerSecond: 30), TrajectoryFormat.Tum);

        ToolRun exact = await ToolRun.Done("convert", folder.At("walk.tum"), folder.At("copy.tum"));
        ToolRun rounded = await ToolRun.Done("convert", folder.At("walk.tum"), folder.At("walk.txt"), "--to", "realestate10k", "--source", "https://example.org/v", "--fov", "60", "--size", "832x480");

        Assert.DoesNotContain("rounded", exact.Output, StringComparison.Ordinal);
        Assert.Contains("time stamps are rounded, by at most 0.333 µs", rounded.Output, StringComparison.Ordinal);
    }
}
