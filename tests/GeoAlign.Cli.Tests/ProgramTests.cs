using System.Diagnostics;
using GeoAlign.Geometry;

namespace GeoAlign.Cli.Tests;

public class ProgramTests
{
    [Fact]
    public void The_tool_is_called_geoalign() => Assert.Equal("geoalign", typeof(Program).Assembly.GetName().Name);

    [Fact]
    public async Task Started_as_a_program_it_keeps_results_and_messages_apart()
    {
        using ScratchFolder folder = new();
        string path = folder.At("walk.tum");
        TrajectoryFile.Write(path, SamplePaths.Walk(), TrajectoryFormat.Tum);

        (int code, string output, string error) = await Start("", "inspect", path, "--json");
        (int failed, string nothing, string line) = await Start("", "inspect", folder.At("none.tum"));
        (_, _, string trace) = await Start("1", "inspect", folder.At("none.tum"));

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("{", output, StringComparison.Ordinal);
        Assert.Equal((1, ""), (failed, nothing));
        Assert.Single(line.TrimEnd().Split('\n'));
        Assert.Contains(nameof(FileNotFoundException), trace, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inspect", "none.tum")]
    [InlineData("score", "none.mp4")]
    [InlineData("data", "preview", "none.json")]
    [InlineData("train", "--data", "none.json")]
    [InlineData("train", "generate", "--video", "none.mp4", "--move", "arcLeft")]
    [InlineData("evaluate", "--method", "a=none")]
    [InlineData("report", "none")]
    public async Task Every_command_ends_an_error_with_one_line_and_adds_the_stack_trace_when_it_is_asked_for(params string[] arguments)
    {
        (int code, string output, string error) = await Start("", arguments);
        (int traced, _, string trace) = await Start("1", arguments);

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains("none", error, StringComparison.Ordinal);
        Assert.Equal(1, traced);
        Assert.StartsWith(error, trace, StringComparison.Ordinal);
        Assert.Contains("Exception", trace, StringComparison.Ordinal);
        Assert.Contains("   at GeoAlign.", trace, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> Start(string trace, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [typeof(Program).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[ErrorLine.TraceVariable] = trace;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
