using System.Xml.Linq;
using GeoAlign.Geometry;

namespace GeoAlign.Cli.Tests.Commands;

public class PlotCommandTests
{
    [Fact]
    public async Task Several_files_are_drawn_over_one_another_under_their_names()
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("a.tum"), SamplePaths.Walk(), TrajectoryFormat.Tum);
        TrajectoryFile.Write(folder.At("b.kitti"), SamplePaths.Walk().Trajectory.Reversed(), TrajectoryFormat.Kitti);

        await ToolRun.Done("plot", folder.At("a.tum"), folder.At("b.kitti"), "-o", folder.At("p.svg"), "--title", "Both", "--fps", "10");

        string text = XDocument.Load(folder.At("p.svg")).Root!.Value;
        Assert.Contains("a.tum", text, StringComparison.Ordinal);
        Assert.Contains("b.kitti", text, StringComparison.Ordinal);
        Assert.Contains("Speed, m/s", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_start_in_one_place_unless_their_world_is_kept()
    {
        using ScratchFolder folder = new();
        KeyValuePair<string, CameraTrajectory> Camera(string name, double x) => new(name, new([At(x, 0), At(x, 1)]));
        ReCamMasterCameras.Write(folder.At("c.json"), [Camera("cam01", 0), Camera("cam02", 50)]);

        await ToolRun.Done("plot", folder.At("c.json"), "-o", folder.At("start.svg"));
        await ToolRun.Done("plot", folder.At("c.json"), "-o", folder.At("world.svg"), "--keep-world");

        Assert.DoesNotContain(">50<", await File.ReadAllTextAsync(folder.At("start.svg")), StringComparison.Ordinal);
        Assert.Contains(">50<", await File.ReadAllTextAsync(folder.At("world.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_of_unknown_scale_is_drawn_in_units()
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("a.npy"), SamplePaths.Walk(), TrajectoryFormat.Numpy);

        await ToolRun.Done("plot", folder.At("a.npy"), "-o", folder.At("p.svg"));

        Assert.Contains("Speed, units/frame", await File.ReadAllTextAsync(folder.At("p.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_turns_the_path_in_space()
    {
        using ScratchFolder folder = new();

        await ToolRun.Done("plot", Repository.Fixture("geometry", "formats", "tum", "valid.txt"), "-o", folder.At("p.html"));

        Assert.Contains("data-block=paths", await File.ReadAllTextAsync(folder.At("p.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_kind_of_picture_is_a_usage_error()
    {
        using ScratchFolder folder = new();

        ToolRun run = await ToolRun.Of("plot", Repository.Fixture("geometry", "formats", "tum", "valid.txt"), "-o", folder.At("p.gif"));

        Assert.Equal(2, run.Code);
        Assert.Contains(".svg, .png or .html", run.Error, StringComparison.Ordinal);
    }

    private static SE3 At(double x, double z) => new(SO3.Identity, new(x, 0, z));
}
