using System.CommandLine;

namespace GeoAlign.Cli.Tests;

public class ToolTests
{
    [Fact]
    public async Task Without_arguments_it_shows_its_commands_and_exit_codes()
    {
        ToolRun run = await ToolRun.Done();

        Assert.Contains("inspect", run.Output, StringComparison.Ordinal);
        Assert.Contains("130 stopped", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Every_command_of_the_tool_explains_itself_with_examples_that_parse()
    {
        foreach (ToolCommand command in Tool.Create().Subcommands.SelectMany(c => c.Subcommands.Prepend(c)).OfType<ToolCommand>())
        {
            ToolRun help = await ToolRun.Done([.. CommandName.Of(command).Split(' ')[1..], "--help"]);

            Assert.NotEmpty(command.Examples);
            foreach (Example example in command.Examples)
            {
                string line = $"{CommandName.Of(command)} {example.Arguments}";
                Assert.Contains(line, help.Output, StringComparison.Ordinal);
                ParseResult parsed = Tool.Create().Parse(ShellWords.Of(line)[1..]);
                Assert.True(parsed.Errors.Count == 0, $"{line}: {string.Join("; ", parsed.Errors.Select(e => e.Message))}");
            }
        }
    }

    [Fact]
    public async Task An_unknown_command_is_a_usage_error_that_names_it()
    {
        ToolRun run = await ToolRun.Of("frobnicate");

        Assert.Equal(2, run.Code);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("frobnicate", run.Error.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("geoalign --help", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("abc", "expected a number")]
    [InlineData("0", "expected a positive number")]
    [InlineData("-3", "expected a positive number")]
    [InlineData("NaN", "expected a positive number")]
    public async Task A_rate_that_is_none_is_a_usage_error(string rate, string expected)
    {
        ToolRun run = await ToolRun.Of("inspect", "x", $"--fps={rate}");

        Assert.Equal(2, run.Code);
        Assert.Contains($"{expected}.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("convert", "out.kitti")]
    [InlineData("rescale", "out.tum", "--top-speed", "1", "--top-turn", "1", "--fps", "10")]
    [InlineData("plot", "-o", "out.svg")]
    public async Task No_command_leaves_anything_of_a_broken_file(string command, params string[] rest)
    {
        using ScratchFolder folder = new();
        string input = Repository.Fixture("geometry", "formats", "kitti", "bad_reflection.txt");

        ToolRun run = await ToolRun.Of([command, input, .. rest.Select(r => r.StartsWith("out", StringComparison.Ordinal) ? folder.At(r) : r)]);

        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.Contains("bad_reflection.txt", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.At()));
    }

    [Fact]
    public async Task The_list_of_commands_has_a_line_for_each()
    {
        ToolRun run = await ToolRun.Done();

        foreach (Command command in Tool.Create().Subcommands) Assert.Contains(run.Output.Split('\n'), line => line.StartsWith($"  {command.Name}", StringComparison.Ordinal));
        Assert.DoesNotContain("ReDirector (1.3B)", run.Output, StringComparison.Ordinal);
        Assert.True(run.Output.Split('\n').Length < 40, run.Output);
    }

    [Fact]
    public async Task An_unknown_option_value_is_a_usage_error()
    {
        ToolRun run = await ToolRun.Of("inspect", "x", "--from", "gif");

        Assert.Equal(2, run.Code);
        Assert.Contains("'gif'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_is_an_exit_code_of_its_own()
    {
        using ScratchFolder folder = new();
        using CancellationTokenSource stopped = new();
        await stopped.CancelAsync();

        ToolRun run = await ToolRun.Of(stopped.Token, "plot", Repository.Fixture("geometry", "formats", "tum", "valid.txt"), "-o", folder.At("p.svg"));

        Assert.Equal(130, run.Code);
        Assert.Equal("stopped", run.Error.Trim());
        Assert.False(File.Exists(folder.At("p.svg")));
    }

    public static TheoryData<string> BrokenFiles => [.. Directory.EnumerateFileSystemEntries(Path.Combine(Repository.Root, "tests", "fixtures", "geometry", "formats"), "bad_*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path)).Where(path => FormatNames.All.Contains(FormatOf(path))).Order(StringComparer.Ordinal)];

    // The folder below formats/ is called as the format; some hold lists that are no camera files.
    private static string FormatOf(string path) => path.Split(Path.DirectorySeparatorChar)[4];

    [Theory, MemberData(nameof(BrokenFiles))]
    public async Task A_broken_file_is_one_line_that_names_it(string file)
    {
        ToolRun run = await ToolRun.Of("inspect", Path.Combine(Repository.Root, file), "--from", FormatOf(file));

        Assert.Equal((1, ""), (run.Code, run.Output));
        string line = Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(file), line, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of the program", line, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_no_known_format_is_told_what_would_be()
    {
        using ScratchFolder folder = new();

        ToolRun run = await ToolRun.Of("inspect", folder.Write("notes.txt", "hello\n"));

        Assert.Equal(1, run.Code);
        Assert.Contains("notes.txt:1:", run.Error, StringComparison.Ordinal);
        Assert.Contains("rows of 8 numbers (TUM)", run.Error, StringComparison.Ordinal);
    }
}
