using System.Text.Json;
using GeoAlign.Geometry;

namespace GeoAlign.Cli.Tests.Commands;

public class InspectCommandTests
{
    [Fact]
    public async Task Numbers_are_those_of_the_path()
    {
        using ScratchFolder folder = new();
        SE3[] poses = [At(0, 0, 0), At(0, 0, 1), At(0, 0, 3), new(SO3.Exp(new(0, Math.PI / 6, 0)), new(0, -1, 3))];
        TrajectoryFile.Write(folder.At("a.kitti"), new CameraTrajectory(poses), TrajectoryFormat.Kitti);

        JsonElement path = await Only(folder.At("a.kitti"), "--fps", "10");

        Assert.Equal(4, path.GetProperty("frames").GetInt32());
        Assert.True(path.GetProperty("isMetric").GetBoolean());
        Near.Equal([4], [path.GetProperty("pathLength").GetDouble()], 1e-12, 0, "length");
        Near.Equal([Math.Sqrt(10)], [path.GetProperty("farthestFromStart").GetDouble()], 1e-12, 0, "farthest");
        Near.Equal([0, 1, 3], [.. path.GetProperty("extentRightDownForward").EnumerateArray().Select(n => n.GetDouble())], 1e-12, 0, "extent");
        Near.Equal([30], [path.GetProperty("totalTurnDegrees").GetDouble()], 1e-9, 0, "turn");
        Near.Equal([2, 2], [path.GetProperty("translationPerFrame").GetProperty("maximum").GetDouble(), path.GetProperty("translationPerFrame").GetProperty("maximumFrame").GetDouble()], 1e-12, 0, "largest step");
        Near.Equal([20], [path.GetProperty("translationPerSecond").GetProperty("maximum").GetDouble()], 1e-9, 0, "m/s");
        Near.Equal([300], [path.GetProperty("rotationPerSecond").GetProperty("maximum").GetDouble()], 1e-9, 0, "°/s");
    }

    [Fact]
    public async Task Without_a_rate_there_is_no_speed_per_second()
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("a.kitti"), SamplePaths.Walk(), TrajectoryFormat.Kitti);

        JsonElement path = await Only(folder.At("a.kitti"));

        Assert.Equal(JsonValueKind.Null, path.GetProperty("translationPerSecond").ValueKind);
        Assert.Equal(JsonValueKind.Null, path.GetProperty("times").ValueKind);
    }

    public static TheoryData<string, string> Formats => new()
    {
        { "tum/valid.txt", "tum" }, { "kitti/valid.txt", "kitti" }, { "realestate10k/valid.txt", "realestate10k" }, { "colmap/valid", "colmap" },
        { "nerfstudio/valid.json", "nerfstudio" }, { "omniworld/b0000000000a", "omniworld" },
    };

    [Theory, MemberData(nameof(Formats))]
    public async Task The_format_is_told_with_its_sign_and_convention(string file, string format)
    {
        string path = Path.Combine(Repository.Root, "tests", "fixtures", "geometry", "formats", file);

        ToolRun text = await ToolRun.Done("inspect", path);
        JsonElement json = JsonDocument.Parse((await ToolRun.Done("inspect", path, "--json")).Output).RootElement.GetProperty("files")[0];

        FormatFacts facts = FormatFacts.Of(FormatNames.Parse(format));
        Assert.Contains($"({format}), recognised: {facts.Recognition}", text.Output, StringComparison.Ordinal);
        Assert.Contains(facts.Convention, text.Output, StringComparison.Ordinal);
        Assert.Equal(format, json.GetProperty("format").GetString());
        Assert.True(json.GetProperty("detected").GetBoolean());
    }

    [Fact]
    public async Task All_cameras_of_a_scene_are_listed_with_the_closest_and_farthest_pair()
    {
        using ScratchFolder folder = new();
        KeyValuePair<string, CameraTrajectory> Camera(string name, double x) => new(name, new([At(x, 0, 0), At(x, 0, 1)]));
        ReCamMasterCameras.Write(folder.At("c.json"), [Camera("cam01", 0), Camera("cam02", 1), Camera("cam03", 5)]);

        ToolRun text = await ToolRun.Done("inspect", folder.At("c.json"));
        JsonElement json = JsonDocument.Parse((await ToolRun.Done("inspect", folder.At("c.json"), "--json")).Output).RootElement.GetProperty("files")[0];

        Assert.Contains("closest cam01 and cam02, 1.00 m; farthest cam01 and cam03, 5.00 m", text.Output, StringComparison.Ordinal);
        Assert.Equal(3, json.GetProperty("paths").GetArrayLength());
        Assert.Equal(2, (await ToolRun.Of("inspect", folder.At("c.json"), "--camera", "cam09")).Code);
    }

    [Fact]
    public async Task Several_files_are_inspected_in_turn()
    {
        string tum = Repository.Fixture("geometry", "formats", "tum", "valid.txt"), kitti = Repository.Fixture("geometry", "formats", "kitti", "valid.txt");

        JsonElement files = JsonDocument.Parse((await ToolRun.Done("inspect", tum, kitti, "--json")).Output).RootElement.GetProperty("files");

        Assert.Equal(["tum", "kitti"], files.EnumerateArray().Select(f => f.GetProperty("format").GetString()));
    }

    [Fact]
    public async Task A_tail_of_NaN_is_dropped_when_told()
    {
        string file = Repository.Fixture("geometry", "formats", "citywalker", "valid_with_nan_tail.txt");

        Assert.Equal(1, (await ToolRun.Of("inspect", file, "--from", "citywalker")).Code);
        ToolRun run = await ToolRun.Done("inspect", file, "--from", "citywalker", "--drop-nan-tail");

        Assert.Contains("as told by --from", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_are_told_in_words()
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("a.kitti"), new CameraTrajectory([.. Enumerable.Repeat(SE3.Identity, 5)]), TrajectoryFormat.Kitti);

        Assert.Contains("! The camera stands still.", (await ToolRun.Done("inspect", folder.At("a.kitti"))).Output, StringComparison.Ordinal);
    }

    private static SE3 At(double x, double y, double z) => new(SO3.Identity, new(x, y, z));

    private static async Task<JsonElement> Only(params string[] arguments) =>
        JsonDocument.Parse((await ToolRun.Done(["inspect", .. arguments, "--json"])).Output).RootElement.GetProperty("files")[0].GetProperty("paths")[0];
}
