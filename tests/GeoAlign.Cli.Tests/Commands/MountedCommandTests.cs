namespace GeoAlign.Cli.Tests.Commands;

public class MountedCommandTests
{
    [Theory]
    [InlineData("train", "--iterations")]
    [InlineData("evaluate", "--help")]
    public async Task Programs_of_their_own_are_subcommands(string name, string option)
    {
        ToolRun help = await ToolRun.Done(name, "--help");

        Assert.Contains($"geoalign {name}", help.Output, StringComparison.Ordinal);
        Assert.Contains(option, help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_option_of_a_mounted_program_is_a_usage_error()
    {
        ToolRun run = await ToolRun.Of("train", "--iterations", "many");

        Assert.Equal(2, run.Code);
        Assert.Contains("geoalign train --help", run.Error, StringComparison.Ordinal);
    }
}
