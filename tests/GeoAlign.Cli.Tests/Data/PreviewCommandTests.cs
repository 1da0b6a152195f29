using System.CommandLine;
using System.Text.Json;
using GeoAlign.Geometry;
using GeoAlign.Sampling;

namespace GeoAlign.Cli.Tests.Data;

public class PreviewCommandTests
{
    private static readonly string Clip = Repository.File("samples", "GeoAlign.Train", "assets", "walk.mp4");

    [Fact]
    public async Task A_configuration_becomes_a_page_sheets_plots_and_a_manifest()
    {
        using ScratchFolder folder = new();
        string config = await Configuration(folder);

        ToolRun run = await Run("preview", config, "-o", folder.At("out"), "-n", "4", "--json");

        Assert.True(run.Code == 0, run.Error);
        JsonElement result = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(4, result.GetProperty("conditions").GetArrayLength());
        Assert.Equal(1, result.GetProperty("quarantine").GetArrayLength());
        Assert.Equal("a walk", result.GetProperty("conditions")[0].GetProperty("prompt").GetString());
        Assert.True(result.GetProperty("summary").GetProperty("rejectedPaths").GetProperty("static").GetInt32() > 0);
        Assert.True(result.GetProperty("summary").GetProperty("refusedClips").GetProperty("empty").GetInt32() > 0);
        Assert.Equal(["index.html", "manifest.jsonl", "path-00000-000.svg", "path-00000-001.svg", "path-00001-000.svg", "path-00001-001.svg",
            "sheet-00000-000.png", "sheet-00000-001.png", "sheet-00001-000.png", "sheet-00001-001.png"], Directory.GetFiles(folder.At("out")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        string page = await File.ReadAllTextAsync(folder.At("out", "index.html"));
        Assert.Contains("stands still", page, StringComparison.Ordinal);
        Assert.Contains("is empty (0 bytes)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
        Assert.Contains("target spline", await File.ReadAllTextAsync(folder.At("out", "path-00000-000.svg")), StringComparison.Ordinal);
        IReadOnlyList<ManifestEntry> manifest = Manifest.Read(folder.At("out", "manifest.jsonl"));
        Assert.Equal([(3L, 0, 0), (3L, 0, 1), (3L, 1, 0), (3L, 1, 1)], manifest.Select(e => e.Key));
    }

    [Fact]
    public async Task One_condition_drawn_again_is_the_same_and_other_data_are_refused()
    {
        using ScratchFolder folder = new();
        string config = await Configuration(folder);
        await Run("preview", config, "-o", folder.At("all"), "-n", "6", "--counts-only");

        ToolRun again = await Run("preview", config, "-o", folder.At("one"), "-n", "2", "--iteration", "2", "--counts-only");

        Assert.Equal(0, again.Code);
        Assert.Equal(["manifest.jsonl"], Directory.GetFiles(folder.At("one")).Select(f => Path.GetFileName(f)));
        ManifestEntry[] all = [.. Manifest.Read(folder.At("all", "manifest.jsonl"))], one = [.. Manifest.Read(folder.At("one", "manifest.jsonl"))];
        Assert.Equal(all[4..].SelectMany(e => e.Target.Poses).SelectMany(p => p), one.SelectMany(e => e.Target.Poses).SelectMany(p => p));
        Assert.Equal(all[4..].Select(e => e.Condition.ClipSha256), one.Select(e => e.Condition.ClipSha256));
        await File.WriteAllTextAsync(config, (await File.ReadAllTextAsync(config)).Replace("\"mean\": 1,", "\"mean\": 1.2,", StringComparison.Ordinal));
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => Run("preview", config, "-o", folder.At("one"), "-n", "2", "--iteration", "2", "--counts-only"));
        Assert.Contains("was drawn differently before", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("preview", config, "-o", folder.At("one"), "-n", "2", "--iteration", "2", "--counts-only", "--force")).Code);
    }

    [Fact]
    public async Task Draws_that_give_nothing_are_listed_and_end_with_a_failure()
    {
        using ScratchFolder folder = new();
        folder.Write("empty.mp4", "");
        string config = folder.Write("data.json", """{ "clip": { "maximumAttempts": 2 }, "videos": [ { "kind": "folder", "path": "empty.mp4" } ], "targets": [ { "kind": "spline" } ] }""");

        ToolRun run = await Run("preview", config, "-o", folder.At("out"), "-n", "2");

        Assert.Equal(1, run.Code);
        Assert.Contains("failed: iteration 1, group 0: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("videos refused    4 empty", run.Output, StringComparison.Ordinal);
        Assert.Contains("is empty (0 bytes)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Draws that failed", await File.ReadAllTextAsync(folder.At("out", "index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_configuration_is_refused_by_line()
    {
        using ScratchFolder folder = new();
        string config = folder.Write("data.json", "{\n  \"vidoes\": []\n}");

        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => Run("preview", config, "-o", folder.At("out")));

        Assert.StartsWith($"{config}:2: ", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UsageException>(() => Run("preview", config, "-n", "0"));
    }

    [Fact]
    public async Task The_terminal_shows_a_table_and_the_counts()
    {
        using ScratchFolder folder = new();

        ToolRun run = await Run("preview", await Configuration(folder), "-o", folder.At("out"), "-n", "3", "--counts-only");

        Assert.StartsWith("iteration, group ", run.Output, StringComparison.Ordinal);
        Assert.Contains("paths rejected", run.Output, StringComparison.Ordinal);
        Assert.Contains("stands still", run.Output, StringComparison.Ordinal);
        Assert.Contains("drawing 3 of 3: iteration 1, group 0", run.Error, StringComparison.Ordinal);
    }

    private static async Task<string> Configuration(ScratchFolder folder)
    {
        Directory.CreateDirectory(folder.At("videos"));
        File.Copy(Clip, folder.At("videos", "walk.mp4"));
        folder.Write(Path.Combine("videos", "walk.txt"), "a walk");
        folder.Write(Path.Combine("videos", "empty.mp4"), "");
        TrajectoryFile.Write(folder.At("still.txt"), TrajectoryPresets.Static(5), TrajectoryFormat.Kitti);
        await File.WriteAllTextAsync(folder.At("data.json"), """
            { "seed": 3, "groups": 2, "clip": { "frames": 5, "width": 64, "height": 48 }, "quarantine": "quarantine.jsonl",
              "videos": [ { "kind": "folder", "path": "videos" } ],
              "targets": [ { "kind": "spline" }, { "kind": "files", "path": "still.txt" } ],
              "speed": { "translationMetresPerSecond": { "mean": 1, "deviation": 0.2, "minimum": 0.5, "maximum": 1.5 } } }
            """);
        return folder.At("data.json");
    }

    private static async Task<ToolRun> Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        InvocationConfiguration configuration = new() { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        int code = await DataCommand.Create().Parse(arguments).InvokeAsync(configuration, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }
}
