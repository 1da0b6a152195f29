namespace GeoAlign.Cli.Tests.Commands;

public class SampleCommandTests
{
    [Theory]
    [InlineData("train", "--iterations")]
    [InlineData("evaluate", "--method")]
    public async Task The_samples_are_subcommands(string name, string option)
    {
        ToolRun help = await ToolRun.Done(name, "--help");

        Assert.Contains($"geoalign {name}", help.Output, StringComparison.Ordinal);
        Assert.Contains(option, help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_option_of_a_sample_is_a_usage_error()
    {
        ToolRun run = await ToolRun.Of("train", "--iterations", "many");

        Assert.Equal(2, run.Code);
        Assert.Contains("geoalign train --help", run.Error, StringComparison.Ordinal);
        Assert.Contains("'many'", run.Error, StringComparison.Ordinal);
        Assert.Contains("expected a whole number", run.Error, StringComparison.Ordinal);
    }
}
