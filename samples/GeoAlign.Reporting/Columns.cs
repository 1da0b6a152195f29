using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>Blocks next to each other where the page is wide enough, below each other where it is not.</summary>
/// <param name="Blocks">From the left.</param>
public sealed record Columns(params IReadOnlyList<ReportBlock> Blocks) : ReportBlock
{
    internal override async Task AppendToAsync(HtmlWriter html, CancellationToken cancellationToken)
    {
        html.Heading(Title);
        html.Append($"<div class=columns data-block=columns>");
        foreach (ReportBlock block in Blocks) await block.AppendToAsync(html, cancellationToken);
        html.Append($"</div>");
        html.Note(Note);
    }
}
