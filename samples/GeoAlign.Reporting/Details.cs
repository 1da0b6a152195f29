using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>Blocks folded away under a line that opens them.</summary>
/// <param name="Summary">The line.</param>
/// <param name="Blocks">What it opens.</param>
public sealed record Details(string Summary, params IReadOnlyList<ReportBlock> Blocks) : ReportBlock
{
    internal override async Task AppendToAsync(HtmlWriter html, CancellationToken cancellationToken)
    {
        html.Append($"<details data-block=details><summary>{Summary}</summary><div class=inside>");
        html.Heading(Title);
        foreach (ReportBlock block in Blocks) await block.AppendToAsync(html, cancellationToken);
        html.Note(Note);
        html.Append($"</div></details>");
    }
}
