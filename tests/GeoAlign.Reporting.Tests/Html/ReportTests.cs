using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GeoAlign.Geometry;
using GeoAlign.Reporting.Tests.Example;
using GeoAlign.Sampling;

namespace GeoAlign.Reporting.Tests.Html;

public partial class ReportTests
{
    private const string Hostile = "</script><script>alert('1')</script><img src=x onerror=\"alert(2)\"> & \" ' <!-- ]]> \u2028";

    [Fact]
    public async Task Every_block_of_the_example_is_on_the_page()
    {
        string html = await MadeUpRun.Page.Value;

        Assert.StartsWith("<!doctype html>", html, StringComparison.Ordinal);
        foreach (string block in new[] { "headlines", "line", "histogram", "videos", "paths", "table", "keys", "text", "details", "columns" })
            Assert.Contains($"data-block={block}", html, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,", html, StringComparison.Ordinal);
        Assert.Contains("data:video/mp4;base64,", html, StringComparison.Ordinal);
        Assert.Equal(6, Regex.Count(html, "<section id=part-"));
    }

    [Fact]
    public async Task The_page_refers_to_nothing_outside_itself()
    {
        string html = await MadeUpRun.Page.Value;

        Assert.DoesNotContain("http:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.All(SourceAttribute().Matches(html), m => Assert.StartsWith("data:", m.Groups[1].Value, StringComparison.Ordinal));
        Assert.All(LinkAttribute().Matches(html), m => Assert.StartsWith("#part-", m.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_security_policy_allows_exactly_the_script_and_the_style_of_the_page()
    {
        string html = await PageText.Of(new Text("nothing"));

        string policy = html[html.IndexOf("default-src", StringComparison.Ordinal)..];
        Assert.Contains($"script-src 'sha256-{Digest(html, "<script>", "</script>")}'", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src 'sha256-{Digest(html, "<style>", "</style>")}'", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_stays_text_in_every_place()
    {
        CameraTrajectory still = new([SE3.Identity]);
        VideoClip clip = new(new byte[12], new FrameSize(2, 2), new FrameRate(8));
        string clean = await Page("plain").ToHtmlAsync(), html = await Page(Hostile).ToHtmlAsync();

        Assert.Equal(Regex.Count(clean, "<script", RegexOptions.IgnoreCase), Regex.Count(html, "<script", RegexOptions.IgnoreCase));
        Assert.Equal(Regex.Count(clean, "</script", RegexOptions.IgnoreCase), Regex.Count(html, "</script", RegexOptions.IgnoreCase));
        Assert.Equal(Regex.Count(clean, "<!--"), Regex.Count(html, "<!--"));
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("onerror=\"", html, StringComparison.Ordinal);
        Assert.Equal(Hostile, PageText.Data(html)[0].GetProperty("series")[0].GetProperty("name").GetString());
        Assert.Equal(Hostile, PageText.Data(html)[2].GetProperty("cases")[0].GetProperty("name").GetString());

        Report Page(string text) => new()
        {
            Title = text, Subtitle = text, Footer = text, Headlines = [new(text, 1, 2, text, Better.Lower) { Note = text }],
            Sections =
            [
                new(text,
                    new LineChart { Title = text, Note = text, XLabel = text, YLabel = text, Unit = text, Series = [new(text, [1], [2])], Markers = [new(1, text)] },
                    new Histogram { Title = text, XLabel = text, Unit = text, Series = [new(text, [1, 2])], Markers = [new(1, text)] },
                    new VideoGrid { Title = text, Columns = [text], Rows = [new(text, clip) { Caption = text, Figures = [text] }] },
                    new PathView3D(new PathCase(text, new CameraPath(text, still)) { Caption = text }) { Title = text },
                    new Table { Title = text, Columns = [new(text) { Unit = text }], Rows = [[text]] },
                    KeyValues.Of((text, text)) with { Title = text }, new Details(text, new Text(text)), new Columns(new Text(text)))
                { Lead = text },
            ],
        };
    }

    [Fact]
    public async Task The_file_is_whole_and_nothing_else_is_left_in_its_folder()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"geoalign-report-{Guid.NewGuid():N}"), file = Path.Combine(folder, "new", "report.html");
        Report report = new() { Title = "Größe → 1 µm" };
        try
        {
            long first = await report.WriteAsync(file), second = await (report with { Footer = "again" }).WriteAsync(file);

            Assert.True(second > first);
            Assert.Equal(second, new FileInfo(file).Length);
            Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
            Assert.Equal(await (report with { Footer = "again" }).ToHtmlAsync(), await File.ReadAllTextAsync(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_page_that_is_too_large_is_refused_with_the_sizes_of_its_parts()
    {
        Report report = new() { Title = "big", MaximumBytes = 100_000, Sections = [new("small part", new Text("x")), new("large part", new Text(new string('x', 200_000)))] };

        ReportTooLargeException error = await Assert.ThrowsAsync<ReportTooLargeException>(() => report.ToHtmlAsync());

        Assert.Contains("'large part' 0.2 MB, 'small part' 0.0 MB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_report_is_a_page()
    {
        string html = await new Report { Title = "nothing yet" }.ToHtmlAsync();

        Assert.Contains("<h1>nothing yet</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<nav", html, StringComparison.Ordinal);
    }

    private static string Digest(string html, string open, string close)
    {
        int from = html.IndexOf(open, StringComparison.Ordinal) + open.Length;
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(html[from..html.IndexOf(close, from, StringComparison.Ordinal)])));
    }

    [GeneratedRegex("[ ]src=\"?([^\" >]*)")]
    private static partial Regex SourceAttribute();

    [GeneratedRegex("[ ]href=\"?([^\" >]*)")]
    private static partial Regex LinkAttribute();
}
