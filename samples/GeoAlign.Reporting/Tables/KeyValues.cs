using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>Names with values: settings, versions, times.</summary>
/// <param name="Entries">In the order of the page.</param>
public sealed record KeyValues(params IReadOnlyList<KeyValuePair<string, string>> Entries) : ReportBlock
{
    /// <summary>From pairs: <c>KeyValues.Of(("seed", "7"), ("learning rate", "1e-4"))</c>.</summary>
    public static KeyValues Of(params ReadOnlySpan<(string Name, string Value)> entries)
    {
        KeyValuePair<string, string>[] pairs = new KeyValuePair<string, string>[entries.Length];
        for (int i = 0; i < pairs.Length; i++) pairs[i] = new(entries[i].Name, entries[i].Value);
        return new(pairs);
    }

    internal override Task AppendToAsync(HtmlWriter html, CancellationToken cancellationToken)
    {
        html.Append($"<div class=keys data-block=keys>");
        html.Heading(Title);
        html.Append($"<dl>");
        foreach ((string name, string value) in Entries) html.Append($"<div><dt>{name}</dt><dd>{value}</dd></div>");
        html.Append($"</dl>");
        html.Note(Note);
        html.Append($"</div>\n");
        return Task.CompletedTask;
    }
}
