namespace GeoAlign.Reporting.Tests.Html;

public class HeadlineTests
{
    [Theory]
    [InlineData(0.183, 0.083, Better.Lower, "m", "0.183\u00a0m", "0.083", "−55 %", "good")]
    [InlineData(0.083, 0.183, Better.Lower, "m", "0.083\u00a0m", "0.183", "+120 %", "bad")]
    [InlineData(4.12, 2.31, Better.Lower, "°", "4.12°", "2.31", "−44 %", "good")]
    [InlineData(0.64, 0.97, Better.NearestToOne, "", "0.640", "0.970", "+52 %", "good")]
    [InlineData(1.02, 1.30, Better.NearestToOne, "", "1.02", "1.30", "+27 %", "bad")]
    [InlineData(-0.2, -0.1, Better.Higher, "", "−0.200", "−0.100", "+50 %", "good")]
    [InlineData(10, 12, Better.Neither, "s", "10\u00a0s", "12", "+20 %", "even")]
    public async Task Before_and_after_stand_with_units_and_the_change(double before, double after, Better better, string unit, string first, string second, string change, string verdict)
    {
        string html = System.Net.WebUtility.HtmlDecode(await new Report { Title = "t", Headlines = [new("error", before, after, unit, better)] }.ToHtmlAsync());

        Assert.Contains($"<span class=before>{first}</span>", html, StringComparison.Ordinal);
        Assert.Contains($"<span class=after>{second}<", html, StringComparison.Ordinal);
        Assert.Contains($"<dd class=\"change {verdict}\">{change}", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_value_is_named_and_has_no_change()
    {
        string html = await new Report { Title = "t", Headlines = [new("error", 0.1, double.NaN, "m", Better.Lower), new("cases", 48, "")] }.ToHtmlAsync();

        Assert.Contains("<span class=after>n/a<", html, StringComparison.Ordinal);
        Assert.Contains("<span class=after>48<", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<dd class=\"change", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_from_zero_has_no_percentage() => Assert.Null(new Headline("clips", 0, 3, "", Better.Lower).RelativeChange);
}
