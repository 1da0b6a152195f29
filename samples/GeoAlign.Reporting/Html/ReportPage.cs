namespace GeoAlign.Reporting.Html;

/// <summary>Puts a report's page together.</summary>
internal static class ReportPage
{
    /// <summary>The whole page.</summary>
    public static async Task<string> ComposeAsync(Report report, CancellationToken cancellationToken)
    {
        HtmlWriter html = new();
        html.Append($"<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n<meta http-equiv=Content-Security-Policy content=\"");
        html.AppendMarkup(PageResources.ContentSecurityPolicy);
        html.Append($"\">\n<meta name=viewport content=\"width=device-width, initial-scale=1\">\n<meta name=color-scheme content=\"light dark\">\n<title>{report.Title}</title>\n<style>");
        html.AppendMarkup(PageResources.Style);
        html.Append($"</style>\n</head>\n<body>\n<header><h1>{report.Title}</h1>");
        if (report.Subtitle.Length > 0) html.Append($"<p class=subtitle>{report.Subtitle}</p>");
        html.Append($"</header>\n");
        AppendContents(html, report.Sections);
        html.Append($"<main>\n<noscript><p class=\"text notice\">The charts, videos and camera paths of this page are drawn by its own script, which is switched off here. Tables and settings can be read.</p></noscript>\n");
        AppendHeadlines(html, report.Headlines);

        List<(string Title, int Characters)> sizes = [];
        foreach ((int index, ReportSection section) in report.Sections.Index())
        {
            int start = html.Length;
            html.Append($"<section id=part-{index + 1}><h2>{section.Title}</h2>");
            if (section.Lead.Length > 0) html.Append($"<p class=lead>{section.Lead}</p>");
            foreach (ReportBlock block in section.Blocks) await block.AppendToAsync(html, cancellationToken);
            html.Append($"</section>\n");
            sizes.Add((section.Title, html.Length - start));
        }

        html.Append($"</main>\n");
        if (report.Footer.Length > 0) html.Append($"<footer><p>{report.Footer}</p></footer>\n");
        html.Append($"<script>");
        html.AppendMarkup(PageResources.Script);
        html.Append($"</script>\n</body>\n</html>\n");

        string page = html.ToString();
        RequireSize(report, HtmlWriter.Encoding.GetByteCount(page), sizes);
        return page;
    }

    private static void AppendContents(HtmlWriter html, IReadOnlyList<ReportSection> sections)
    {
        if (sections.Count < 2) return;
        html.Append($"<nav aria-label=\"Parts of this report\"><ul>");
        foreach ((int index, ReportSection section) in sections.Index()) html.Append($"<li><a href=\"#part-{index + 1}\">{section.Title}</a></li>");
        html.Append($"</ul></nav>\n");
    }

    private static void AppendHeadlines(HtmlWriter html, IReadOnlyList<Headline> headlines)
    {
        if (headlines.Count == 0) return;
        html.Append($"<dl class=headlines data-block=headlines>");
        foreach (Headline headline in headlines)
        {
            string format = headline.Format ?? NumberText.FormatFor([headline.Before, headline.After]);
            string unit = NumberText.UnitAfterNumber(headline.Unit);
            html.Append($"<div><dt>{headline.Name}</dt><dd class=figure>");
            if (headline.Before is { } before) html.Append($"<span class=before>{NumberText.Of(before, format)}{unit}</span> <span class=arrow aria-label=to>→</span> ");
            html.Append($"<span class=after>{NumberText.Of(headline.After, format)}<small>{unit}</small></span></dd>");
            if (headline.RelativeChange is { } change)
            {
                string verdict = headline.IsBetter switch { true => "good", false => "bad", null => "even" };
                string words = headline.IsBetter switch { true => " better", false => " worse", null => "" };
                html.Append($"<dd class=\"change {verdict}\">{NumberText.Percent(change)}<span class=spoken>{words}</span></dd>");
            }

            if (headline.Note.Length > 0) html.Append($"<dd class=note>{headline.Note}</dd>");
            html.Append($"</div>");
        }

        html.Append($"</dl>\n");
    }

    private static void RequireSize(Report report, long bytes, List<(string Title, int Characters)> sizes)
    {
        if (bytes <= report.MaximumBytes) return;
        string parts = string.Join(", ", sizes.OrderByDescending(s => s.Characters).Select(s => $"'{s.Title}' {s.Characters / 1e6:0.0} MB"));
        throw new ReportTooLargeException($"The report '{report.Title}' would have {bytes / 1e6:0.0} MB, its limit is {report.MaximumBytes / 1e6:0.0} MB. Largest first: {parts}. Show fewer videos or raise {nameof(Report.MaximumBytes)}.");
    }
}
