using System.Text.Json;

namespace GeoAlign.Grpo.Tests;

public class JsonlLogTests
{
    [Fact]
    public async Task A_run_leaves_one_readable_line_per_iteration()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "run", "log.jsonl");

        await new GrpoTrainer<int>(ToyTask.Options with { Iterations = 3 }, new ToyTask().With(new ShiftPolicy(6)) with { Log = new JsonlLog(path) }).RunAsync();

        JsonElement[] lines = [.. File.ReadLines(path).Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Equal([0, 1, 2], lines.Select(l => l.GetProperty("iteration").GetInt32()));
        Assert.Equal("near", lines[1].GetProperty("rewards")[0].GetProperty("dimension").GetString());
        Assert.Equal(1, lines[1].GetProperty("updates")[0].GetProperty("ratioMean").GetDouble());
        Assert.Equal(3, lines[1].GetProperty("windows")[0].GetProperty("length").GetInt32());
        Assert.True(lines[2].GetProperty("seconds").GetProperty("total").GetDouble() > 0);
    }

    [Fact]
    public async Task Reports_are_read_back_as_they_were_written()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("log.jsonl");
        await new GrpoTrainer<int>(ToyTask.Options with { Iterations = 3 }, new ToyTask().With(new ShiftPolicy(6)) with { Log = new JsonlLog(path) }).RunAsync();
        string[] lines = File.ReadAllLines(path);

        IReadOnlyList<IterationReport> reports = JsonlLog.Read(path);

        Assert.Equal([0, 1, 2], reports.Select(r => r.Iteration));
        string copy = folder.File("copy.jsonl");
        foreach (IterationReport report in reports) new JsonlLog(copy).Write(report);
        Assert.Equal(lines, File.ReadAllLines(copy));
    }

    [Fact]
    public void A_line_that_was_not_finished_is_passed_over_and_a_wrong_one_is_named()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("log.jsonl");
        File.WriteAllText(path, "{\"iterat");
        Assert.Empty(JsonlLog.Read(path));
        Assert.Empty(JsonlLog.Read(folder.File("none.jsonl")));

        File.WriteAllText(path, "{\"iteration\":1}\n{\"iterat");

        Assert.Contains("log.jsonl:1", Assert.Throws<InvalidDataException>(() => JsonlLog.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resuming_drops_later_lines_and_the_remains_of_a_broken_one()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("log.jsonl");
        File.WriteAllText(path, "{\"iteration\":0}\n{\"iteration\":1}\n{\"iteration\":2}\n{\"iterat");

        new JsonlLog(path).ResumeAt(2);

        Assert.Equal(["{\"iteration\":0}", "{\"iteration\":1}"], File.ReadAllLines(path));
    }

    [Theory]
    [InlineData("# My notes\nnot a log\n")]
    [InlineData("a single line of somebody else")]
    [InlineData("{\"name\": \"other\"}\n")]
    [InlineData("[1, 2]\n")]
    [InlineData("{\"iteration\":\"first\"}\n")]
    [InlineData("{\"iteration\":0}\n{\"iterat\n{\"iteration\":1}\n")]
    public void A_file_that_is_no_log_is_left_as_it_is(string content)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("log.jsonl");
        File.WriteAllText(path, content);

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => new JsonlLog(path).ResumeAt(0)).Message, StringComparison.Ordinal);

        Assert.Equal(content, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"iteration\":12,\"win")]
    [InlineData("\0\0\0\0")]
    public void Every_kind_of_half_line_is_dropped(string half)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("log.jsonl");
        File.WriteAllText(path, "{\"iteration\":0}\n" + half);

        new JsonlLog(path).ResumeAt(1);

        Assert.Equal("{\"iteration\":0}" + Environment.NewLine, File.ReadAllText(path));
    }

    [Fact]
    public void Resuming_without_a_file_makes_none()
    {
        using TemporaryFolder folder = new();

        new JsonlLog(folder.File("log.jsonl")).ResumeAt(2);

        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
