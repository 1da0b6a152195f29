using System.Text.Json;
using GeoAlign.Geometry;

namespace GeoAlign.Cli.Tests.Commands;

public class RescaleCommandTests
{
    [Fact]
    public async Task The_top_speeds_are_those_that_were_asked_for()
    {
        using ScratchFolder folder = new();
        string input = Walk(folder, framesPerSecond: 10);

        JsonElement said = JsonDocument.Parse((await ToolRun.Done("rescale", input, folder.At("b.tum"), "--top-speed", "1.2", "--top-turn", "9", "--json")).Output).RootElement;

        CameraTrajectory scaled = TrajectoryFile.Read(folder.At("b.tum")).Trajectory;
        TrajectorySpeeds before = TrajectorySpeeds.Of(SamplePaths.Walk().Trajectory), after = TrajectorySpeeds.Of(scaled);
        Near.Equal([0.12], [after.MaximumTranslationMetresPerFrame], 1e-6, 0, "m per frame at 10 frames per second");
        Near.Equal([0.9], [double.RadiansToDegrees(after.MaximumRotationRadiansPerFrame)], 1e-5, 0, "° per frame");
        Near.Equal([0.12 / before.MaximumTranslationMetresPerFrame], [said.GetProperty("translationFactor").GetDouble()], 1e-6, 0, "factor");
        Assert.Equal(SE3.Identity, scaled[0]);
        Near.Equal([0.1], [scaled.TimestampsSeconds[1] - scaled.TimestampsSeconds[0]], 1e-9, 0, "times");
    }

    [Fact]
    public async Task A_seed_draws_the_same_again_and_another_one_differs()
    {
        using ScratchFolder folder = new();
        string input = Walk(folder);

        JsonElement first = await Draw("1", "b.tum"), again = await Draw("1", "c.tum"), other = await Draw("2", "d.tum");

        Assert.Equal(first.GetProperty("translationFactor").GetDouble(), again.GetProperty("translationFactor").GetDouble());
        Assert.Equal(await File.ReadAllTextAsync(folder.At("b.tum")), await File.ReadAllTextAsync(folder.At("c.tum")));
        Assert.NotEqual(first.GetProperty("translationFactor").GetDouble(), other.GetProperty("translationFactor").GetDouble());
        Assert.InRange(first.GetProperty("askedMetresPerSecond").GetDouble(), 0.16, 1.6);

        async Task<JsonElement> Draw(string seed, string output) => JsonDocument.Parse((await ToolRun.Done("rescale", input, folder.At(output), "--seed", seed, "--json")).Output).RootElement;
    }

    [Fact]
    public async Task A_distribution_can_be_given()
    {
        using ScratchFolder folder = new();

        JsonElement said = JsonDocument.Parse((await ToolRun.Done("rescale", Walk(folder), folder.At("b.tum"), "--seed", "1", "--speeds", "3,0.1,2.9,3.1", "--turns", "1,0.1,0.9,1.1", "--json")).Output).RootElement;

        Assert.InRange(said.GetProperty("askedMetresPerSecond").GetDouble(), 2.9, 3.1);
        Assert.InRange(said.GetProperty("askedDegreesPerSecond").GetDouble(), 0.9, 1.1);
    }

    [Fact]
    public async Task A_path_with_a_jump_is_rejected_until_told()
    {
        using ScratchFolder folder = new();
        SE3[] poses = SamplePaths.Walk(30).Trajectory.CameraToWorld.ToArray();
        for (int i = 20; i < poses.Length; i++) poses[i] = poses[i] with { Translation = poses[i].Translation + new Vector3d(5, 0, 0) };
        TrajectoryFile.Write(folder.At("a.kitti"), new CameraTrajectory(poses), TrajectoryFormat.Kitti);
        string[] arguments = ["rescale", folder.At("a.kitti"), folder.At("b.tum"), "--fps", "16", "--top-speed", "1", "--top-turn", "10"];

        ToolRun rejected = await ToolRun.Of(arguments);
        ToolRun kept = await ToolRun.Done([.. arguments, "--keep-jumps"]);

        Assert.Equal(1, rejected.Code);
        Assert.Contains("median step", rejected.Error, StringComparison.Ordinal);
        Assert.Contains("top 1.000 m/s", kept.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--top-speed", "1")]
    [InlineData("--top-speed", "-1", "--top-turn", "1")]
    [InlineData("--top-speed", "fast", "--top-turn", "1")]
    [InlineData("--seed", "1", "--top-speed", "1")]
    [InlineData("--top-speed", "1", "--top-turn", "1", "--speeds", "1,1,0,2")]
    [InlineData("--seed", "1", "--speeds", "1,1,2,0")]
    [InlineData("--seed", "1", "--speeds", "fast")]
    public async Task What_cannot_be_together_is_a_usage_error(params string[] options)
    {
        using ScratchFolder folder = new();

        ToolRun run = await ToolRun.Of(["rescale", Walk(folder), folder.At("b.tum"), .. options]);

        Assert.Equal(2, run.Code);
        Assert.False(File.Exists(folder.At("b.tum")));
    }

    [Fact]
    public async Task Without_times_the_rate_is_asked_for()
    {
        using ScratchFolder folder = new();
        TrajectoryFile.Write(folder.At("a.kitti"), SamplePaths.Walk(), TrajectoryFormat.Kitti);

        ToolRun run = await ToolRun.Of("rescale", folder.At("a.kitti"), folder.At("b.tum"), "--top-speed", "1", "--top-turn", "1");

        Assert.Equal(2, run.Code);
        Assert.Contains("--fps", run.Error, StringComparison.Ordinal);
    }

    private static string Walk(ScratchFolder folder, double framesPerSecond = 10)
    {
        string path = folder.At("a.tum");
        TrajectoryFile.Write(path, SamplePaths.Walk(framesPerSecond: framesPerSecond), TrajectoryFormat.Tum);
        return path;
    }
}
