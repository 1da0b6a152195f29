using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>Plain paragraphs.</summary>
/// <param name="Paragraphs">One paragraph each; no markup.</param>
public sealed record Text(params IReadOnlyList<string> Paragraphs) : ReportBlock
{
    /// <summary>Whether a reader must see this before looking at numbers: it gets a frame.</summary>
    public bool IsNotice { get; init; }

    internal override Task AppendToAsync(HtmlWriter html, CancellationToken cancellationToken)
    {
        html.Append($"<div class=\"text{(IsNotice ? " notice" : "")}\" data-block=text>");
        html.Heading(Title);
        foreach (string paragraph in Paragraphs) html.Append($"<p>{paragraph}</p>");
        html.Note(Note);
        html.Append($"</div>");
        return Task.CompletedTask;
    }
}
