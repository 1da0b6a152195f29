using System.CommandLine;
using System.CommandLine.Parsing;

namespace GeoAlign.Cli.Tests;

/// <summary>The command lines of the pages are understood by the real parser.</summary>
public class PageCommandTests
{
    [Fact]
    public void Every_geoalign_line_of_the_pages_is_understood()
    {
        PageCommand[] lines = [.. PageCommand.Of("geoalign"), .. PageCommand.Of("dotnet run --project samples/GeoAlign.Cli --")];

        Assert.Contains(lines, line => line.Place.StartsWith("README.md:", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Place.StartsWith("docs/cli.md:", StringComparison.Ordinal) && line.Words.Contains("paths/{name}.tum"));
        Assert.Equal([], lines.SelectMany(Problems));
    }

    [Fact]
    public void Every_demo_line_that_trains_is_understood() =>
        Assert.Equal([], PageCommand.Of("./demo.sh").Where(line => line.Words is ["train", ..]).SelectMany(Problems));

    [Fact]
    public void A_line_with_an_option_that_is_not_there_is_a_problem()
    {
        Assert.NotEmpty(Problems(new("page.md:1", ["convert", "a.txt", "b.tum", "--rate", "30"])));
        Assert.NotEmpty(Problems(new("page.md:1", ["convrt"])));
        Assert.NotEmpty(Problems(new("page.md:1", ["plot", "--no-such-option", "--help"])));
        Assert.Empty(Problems(new("page.md:1", ["score"])));
    }

    // A sentence may name a command without what it needs.
    private static string[] Problems(PageCommand line)
    {
        ParseResult parsed = Tool.Create().Parse(line.Words);
        bool isName = CommandName.Of(parsed.CommandResult.Command) == string.Join(' ', line.Words.Prepend("geoalign"));
        bool isHelp = line.Words is [.., "--help"] && CommandName.Of(parsed.CommandResult.Command) == string.Join(' ', line.Words.SkipLast(1).Prepend("geoalign"));
        string[] unknown = [.. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Where(t => t.Value.StartsWith('-')).Select(t => $"{line.Place}: {t.Value}")];
        return isName || isHelp ? [] : [.. parsed.Errors.Select(e => $"{line.Place}: {e.Message}").Distinct(), .. unknown];
    }
}
