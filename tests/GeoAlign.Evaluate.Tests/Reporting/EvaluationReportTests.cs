using GeoAlign.Reporting.Tests.Browser;

namespace GeoAlign.Evaluate.Tests.Reporting;

public class EvaluationReportTests
{
    [ChromiumFact]
    public async Task The_page_shows_everything_and_complains_about_nothing()
    {
        using TemporaryFolder files = new();
        await (await MadeUpEvaluation.ReportAsync(files)).WriteAsync(files.At("report.html"));
        await using HeadlessChromium browser = await HeadlessChromium.StartAsync();
        await using BrowserPage page = await browser.OpenAsync(new Uri(files.At("report.html")));

        async Task<string> Text(string expression) => (string)(await page.EvaluateAsync(expression))!;
        string headings = await Text("[...document.querySelectorAll('h2')].map(h => h.textContent).join('|')");
        string byMove = await Text("[...document.querySelectorAll('table')][1].textContent");
        string cases = await Text("[...document.querySelectorAll('.paths select option')].map(o => o.textContent).join('|')");

        foreach (string heading in new[]
        {
            "Before reading the numbers", "By method", "By move", "By speed", "Distributions", "Worst and best cases", "Camera paths", "Published results",
            "Cases without a score", "What the figures mean", "Settings and versions",
        })
            Assert.Contains(heading, headings, StringComparison.Ordinal);
        Assert.Contains("0 by construction", byMove, StringComparison.Ordinal);
        Assert.Contains("bear, zoom in, speed 1.0", cases, StringComparison.Ordinal);
        Assert.Equal(4, (int)(await page.EvaluateAsync("document.querySelectorAll('.videos .case').length"))!);
        Assert.Contains("preview.mp4", await Text("document.querySelector('.notice').textContent"), StringComparison.Ordinal);
        Assert.Contains("1.3645", await Text("document.body.textContent"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
        Assert.Empty(page.OutsideRequests);
    }
}
