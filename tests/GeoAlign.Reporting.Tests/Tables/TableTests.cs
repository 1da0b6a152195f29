using System.Text.RegularExpressions;
using GeoAlign.Reporting.Tests.Html;

namespace GeoAlign.Reporting.Tests.Tables;

public class TableTests
{
    [Fact]
    public async Task Numbers_of_a_column_share_a_format_and_keep_their_value()
    {
        string html = await PageText.Of(new Table { Columns = ["move", new("error") { Unit = "m" }], Rows = [["pan", 0.1834], ["tilt", -0.05]] });

        Assert.Contains("data-value=\"0.1834\">0.183</td>", html, StringComparison.Ordinal);
        Assert.Contains("data-value=\"-0.05\">−0.050</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"words\">pan</td>", html, StringComparison.Ordinal);
        Assert.Contains("error <small>m</small>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Better.Lower, "0.50")]
    [InlineData(Better.Higher, "2.00")]
    [InlineData(Better.NearestToOne, "0.90")]
    public async Task The_best_number_is_marked_and_summary_rows_take_no_part(Better better, string best)
    {
        string html = await PageText.Of(new Table { Columns = [new("x") { Better = better }], Rows = [[0.5], [0.9], [2.0], [1.0], [0.1], [9.0]], SummaryRows = 3 });

        Match only = Assert.Single(Regex.Matches(html, "number best\" data-value=\"[0-9.]+\">([0-9.]+)<"));
        Assert.Equal(best, only.Groups[1].Value);
        Assert.Contains("<tfoot>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_number_is_not_zero()
    {
        string html = await PageText.Of(new Table { Columns = [new("x") { Better = Better.Lower }], Rows = [[double.NaN], [1.0], [default(TableCell)], [2.0]] });

        Assert.Equal(2, Regex.Count(html, "data-missing><span class=none>n/a"));
        Assert.Contains("best\" data-value=\"1\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_the_wrong_width_are_refused()
    {
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => PageText.Of(new Table { Title = "t", Columns = ["a", "b"], Rows = [["x", "y"], ["x"]] }));

        Assert.Contains("Row 1 of the table 't' has 1 cells, expected 2", error.Message, StringComparison.Ordinal);
    }
}
