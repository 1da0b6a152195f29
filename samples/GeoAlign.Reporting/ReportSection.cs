namespace GeoAlign.Reporting;

/// <summary>A part of a report under a heading of its own.</summary>
/// <param name="Title">The heading; it also appears in the list of contents.</param>
/// <param name="Blocks">What it shows, from the top.</param>
public sealed record ReportSection(string Title, params IReadOnlyList<ReportBlock> Blocks)
{
    /// <summary>One or two sentences under the heading.</summary>
    public string Lead { get; init; } = "";
}
