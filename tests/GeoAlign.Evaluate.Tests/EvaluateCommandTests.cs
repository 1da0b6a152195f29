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
    [InlineData("--method a=. --moves 11")]
    [InlineData("--method a=. --speeds fast")]
    [InlineData("--method a=. --parallel 0")]
    [InlineData("--method a=. --report-cases -1")]
    [InlineData("--method a=. --scenes b=.")]
    public async Task Bad_options_end_with_two(string arguments) => Assert.Equal(ExitCodes.Usage, await Run(arguments));

    [Fact]
    public async Task Bad_input_ends_with_one() => Assert.Equal(ExitCodes.Failed, await Run("--method a=/no/such/folder"));

    [Fact]
    public async Task A_plan_with_missing_videos_ends_with_three_and_a_whole_one_with_zero()
    {
        using TemporaryFolder files = new();
        files.Write("x", "a", "v_camera_1_speed_1.0.mp4");
        string plan = $"--method a={files.At("a")} --plan --output {files.At("out")}";

        Assert.Equal(ExitCodes.InPart, await Run(plan));
        Assert.Equal(ExitCodes.Done, await Run(plan + " --moves PanRight"));
        Assert.False(Directory.Exists(files.At("out")));
    }

    [Fact]
    public async Task Moves_and_speeds_that_are_one_are_planned_once()
    {
        using TemporaryFolder files = new();
        files.Write("x", "a", "v_camera_1_speed_2.0.mp4");
        using StringWriter messages = new();

        int exit = await EvaluateCommand.Create().Parse($"--method a={files.At("a")} --plan --moves 1,PanRight,pan-right --speeds 2,2.0 --output {files.At("out")}")
            .InvokeAsync(new InvocationConfiguration { Error = messages });

        Assert.Equal(ExitCodes.Done, exit);
        Assert.Contains("a: 1 of 1 cases are there", messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Videos_without_any_source_of_poses_are_refused_before_anything_runs()
    {
        using TemporaryFolder files = new();
        files.Write("x", "a", "v_camera_1_speed_1.0.mp4");

        Assert.Equal(ExitCodes.Usage, await Run($"--method a={files.At("a")} --moves 1 --output {files.At("out")}"));
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

        Assert.Equal(ExitCodes.InPart, exit);
        using JsonDocument json = JsonDocument.Parse(output.ToString());
        Assert.Equal(3, json.RootElement.GetProperty("scored").GetInt32());
        Assert.Equal("v_camera_5_speed_1.0", json.RootElement.GetProperty("failed")[0].GetProperty("name").GetString());
        Assert.Equal(5, File.ReadAllLines(files.At("out", "results.csv")).Length);
        Assert.Contains("4 of 4 cases, 1 failed", messages.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(files.At("out", "summary.csv")));
    }

    [Fact]
    public async Task A_plan_as_JSON_names_every_case_and_says_which_are_missing()
    {
        using TemporaryFolder files = new();
        files.Write("x", "a", "v_camera_1_speed_1.0.mp4");
        using StringWriter output = new();

        await CommandProgram.RunAsync(EvaluateCommand.CreateProgram(), ["--method", $"a={files.At("a")}", "--plan", "--json", "--moves", "1,2", "--output", files.At("out")], output, TextWriter.Null);

        JsonElement[] cases = [.. JsonDocument.Parse(output.ToString()).RootElement.GetProperty("cases").EnumerateArray()];
        Assert.Equal(["v_camera_1_speed_1.0", "v_camera_2_speed_1.0"], cases.Select(c => c.GetProperty("name").GetString()));
        Assert.Equal([false, true], cases.Select(c => c.GetProperty("isMissing").GetBoolean()));
    }

    private static Task<int> Run(string arguments) =>
        CommandProgram.RunAsync(EvaluateCommand.CreateProgram(), arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), TextWriter.Null, TextWriter.Null);
}
