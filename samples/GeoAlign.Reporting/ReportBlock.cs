using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>One thing a report shows. The kinds are those of this library; all text in them is escaped.</summary>
public abstract record ReportBlock
{
    private protected ReportBlock()
    {
    }

    /// <summary>Heading of the block, or empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>A remark in small print under the block, or empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>Writes the block's HTML.</summary>
    internal abstract Task AppendToAsync(HtmlWriter html, CancellationToken cancellationToken);
}
