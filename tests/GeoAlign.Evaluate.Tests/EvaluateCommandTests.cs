using System.CommandLine;
using System.Text.Json;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate.Tests;

public class EvaluateCommandTests
{
    [Fact]
    public void The_command_is_called_evaluate() => Assert.Equal("evaluate", EvaluateCommand.Create().Name);

    [Theory]
    [InlineData("")]
    [InlineData("--method a=/no/such/folder")]
    [InlineData("--method a=. --moves 11")]
    [InlineData("--method a=. --speeds fast")]
    [InlineData("--method a=. --parallel 0")]
    public async Task Bad_options_and_input_end_with_one(string arguments) =>
        Assert.Equal(ExitCodes.Error, await EvaluateCommand.Create().Parse(arguments).InvokeAsync());

    [Fact]
    public async Task A_plan_with_missing_videos_ends_with_two_and_a_whole_one_with_zero()
    {
        using TemporaryFolder files = new();
        files.Write("x", "a", "v_camera_1_speed_1.0.mp4");
        string plan = $"--method a={files.At("a")} --plan --output {files.At("out")}";

        Assert.Equal(ExitCodes.SomeNotScored, await EvaluateCommand.Create().Parse(plan).InvokeAsync());
        Assert.Equal(ExitCodes.AllScored, await EvaluateCommand.Create().Parse(plan + " --moves PanRight").InvokeAsync());
        Assert.False(Directory.Exists(files.At("out")));
    }

    [Fact]
    public async Task Videos_without_any_source_of_poses_are_refused_before_anything_runs()
    {
        using TemporaryFolder files = new();
        files.Write("x", "a", "v_camera_1_speed_1.0.mp4");

        Assert.Equal(ExitCodes.Error, await EvaluateCommand.Create().Parse($"--method a={files.At("a")} --moves 1 --output {files.At("out")}").InvokeAsync());
    }

    [Fact]
    public async Task The_whole_program_runs_with_a_pose_network_and_writes_tables()
    {
        using TemporaryFolder files = new();
        await ClipFiles.WriteAsync(files.At("conditions", "v.mp4"), 9);
        await ClipFiles.WriteAsync(files.At("a", "v_camera_1_speed_1.0.mp4"), 9, seed: 1);
        await ClipFiles.WriteAsync(files.At("a", "v_camera_5_speed_1.0.mp4"), 9, seed: 2);
        await ClipFiles.WriteAsync(files.At("b", "v_camera_1_speed_1.0.mp4"), 5, seed: 3);
        files.Write("no video", "b", "v_camera_5_speed_1.0.mp4");
        EvaluationSettings settings = new()
        {
            Methods = [new("a", files.At("a")), new("b", files.At("b"))], Conditions = files.At("conditions"), Moves = [CameraMove.PanRight, CameraMove.ZoomIn],
            Output = files.At("out"), Cache = files.At("cache"),
        };
        using StringWriter output = new(), messages = new();

        int exit = await Evaluation.RunAsync(settings, new EvaluateOptions { PoseModel = Repository.Fixture("mapanything", "pose_tiny_only.onnx"), Threads = 1, Json = true }, output, messages, CancellationToken.None);

        Assert.Equal(ExitCodes.SomeNotScored, exit);
        using JsonDocument json = JsonDocument.Parse(output.ToString());
        Assert.Equal(3, json.RootElement.GetProperty("scored").GetInt32());
        Assert.Equal("v_camera_5_speed_1.0", json.RootElement.GetProperty("failed")[0].GetProperty("name").GetString());
        Assert.Equal(5, File.ReadAllLines(files.At("out", "results.csv")).Length);
        Assert.Contains("4 of 4 cases, 1 failed", messages.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(files.At("out", "summary.csv")));
    }
}
