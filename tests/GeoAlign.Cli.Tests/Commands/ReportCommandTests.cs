namespace GeoAlign.Cli.Tests.Commands;

public class ReportCommandTests
{
    [Fact]
    public async Task The_report_of_a_run_is_made_again_as_it_was()
    {
        using ScratchFolder folder = new();
        await ToolRun.Done("train", "--network", "tiny", "--size", "32x32", "--frames", "5", "--steps", "4", "--window", "2", "--group", "4", "--conditions", "1", "--iterations", "1", "--threads", "1", "--runs", folder.At(), "--name", "run");
        string before = await File.ReadAllTextAsync(folder.At("run", "report.html"));

        ToolRun again = await ToolRun.Done("report", folder.At("run"), "-o", folder.At("again.html"));
        File.Delete(folder.At("run", "after.mp4"));
        await ToolRun.Done("report", folder.At("run"), "-o", folder.At("unfinished.html"));

        string after = await File.ReadAllTextAsync(folder.At("again.html"));
        Assert.StartsWith(folder.At("again.html"), again.Output, StringComparison.Ordinal);
        foreach (string part in new[] { "random weights", "before training", "data-block=paths", "condition clip, estimated" })
        {
            Assert.Contains(part, before, StringComparison.Ordinal);
            Assert.Contains(part, after, StringComparison.Ordinal);
        }

        Assert.Contains("before training", await File.ReadAllTextAsync(folder.At("unfinished.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_an_evaluation_is_made_again_from_its_folder()
    {
        using ScratchFolder folder = new();
        Directory.CreateDirectory(folder.At("videos"));
        File.Copy(Repository.File("samples", "GeoAlign.Train", "assets", "walk.mp4"), folder.At("videos", "bear_camera_1_speed_1.0.mp4"));
        await ToolRun.Done("evaluate", "--method", $"mine={folder.At("videos")}", "--moves", "1", "--pose-stride", "12", "--threads", "1", "--no-report",
            "--pose-model", Repository.File("samples", "GeoAlign.Train", "assets", "pose.onnx"), "--output", folder.At("evaluation"));

        ToolRun run = await ToolRun.Done("report", folder.At("evaluation"));

        Assert.StartsWith(folder.At("evaluation", "report.html"), run.Output, StringComparison.Ordinal);
        string page = await File.ReadAllTextAsync(folder.At("evaluation", "report.html"));
        foreach (string part in new[] { "1 of 1 cases scored", "By move", "data-block=videos", "data-block=paths", "Published results", "Settings and versions" })
            Assert.Contains(part, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_folder_is_no_run()
    {
        using ScratchFolder folder = new();

        ToolRun run = await ToolRun.Of("report", folder.At());
        ToolRun none = await ToolRun.Of("report", folder.At("none"));

        Assert.Equal(1, run.Code);
        Assert.Contains("config.json", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, none.Code);
        Assert.False(File.Exists(folder.At("report.html")));
    }
}
