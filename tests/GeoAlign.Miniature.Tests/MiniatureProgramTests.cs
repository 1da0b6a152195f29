using System.CommandLine;

namespace GeoAlign.Miniature.Tests;

public class MiniatureProgramTests
{
    [Fact]
    public void The_script_passes_every_command_on_and_runs_without_one()
    {
        string commands = File.ReadLines(Repository.File("demo.sh")).Single(line => line.Contains("run | ablate", StringComparison.Ordinal)).Split(')')[0];

        Assert.Equal(MiniatureProgram.Create().Subcommands.Select(c => c.Name).Order(), commands.Split('|').Select(word => word.Trim()).Where(word => !word.StartsWith('-')).Order());
    }

    [Fact]
    public void Every_demo_line_of_the_pages_is_understood()
    {
        PageCommand[] lines = [.. PageCommand.Of("./demo.sh").Where(line => line.Words is not ["train", ..])];
        string[] names = [.. MiniatureProgram.Create().Subcommands.Select(c => c.Name)];

        Assert.True(lines.Length > 5);
        Assert.Equal([], lines.SelectMany(line =>
            MiniatureProgram.Create().Parse([.. line.Words is [{ } first, ..] && (names.Contains(first) || first == "--help") ? [] : new[] { "run" }, .. line.Words]).Errors.Select(e => $"{line.Place}: {e.Message}")));
    }

    [Theory]
    [InlineData(2, "--seeds is 0", "run", "--seeds", "0")]
    [InlineData(2, "--only names no variant", "ablate", "--only", "nothing")]
    [InlineData(1, "no-such-folder", "run", "--assets", "no-such-folder")]
    public async Task An_error_is_one_line_with_the_exit_code_of_every_program(int expected, string message, params string[] arguments)
    {
        using StringWriter output = new(), error = new();

        int code = await CommandProgram.RunAsync(MiniatureProgram.Create(), arguments, output, error);

        Assert.Equal(expected, code);
        string line = Assert.Single(error.ToString().TrimEnd().Split('\n'));
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.Contains(message, line, StringComparison.Ordinal);
    }
}
