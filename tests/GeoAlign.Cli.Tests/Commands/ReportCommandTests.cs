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
