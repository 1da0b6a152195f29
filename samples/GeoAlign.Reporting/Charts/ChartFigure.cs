using System.Text.Json;
using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>What all charts have around them: heading, room for the drawing, legend, small print, data.</summary>
internal static class ChartFigure
{
    /// <summary>Writes the figure; a script draws into its svg element.</summary>
    public static void Append(
        HtmlWriter html, string kind, string title, string subtitle, IEnumerable<(string Name, SeriesColour Colour)> legend, IEnumerable<string> notes, Action<Utf8JsonWriter> data)
    {
        (string Name, SeriesColour Colour)[] entries = [.. legend];
        string[] tones = Tones.For(entries.Select(e => e.Colour));

        html.Append($"<figure class=chart data-block={kind}><figcaption><h3>{title}</h3><span class=unit>{subtitle}</span></figcaption>");
        html.Append($"<div class=plot tabindex=0 role=img aria-label=\"Chart: {title} {subtitle}. Arrow keys move the read-out.\"><svg aria-hidden=true></svg><div class=readout role=status hidden></div></div>");
        if (entries.Length > 1 || (entries.Length == 1 && entries[0].Name.Length > 0))
        {
            html.Append($"<ul class=legend>");
            for (int i = 0; i < entries.Length; i++)
                html.Append($"<li><button type=button aria-pressed=true class={tones[i]}><i></i>{entries[i].Name}</button></li>");
            html.Append($"</ul>");
        }

        html.Note(string.Join(" ", notes));
        html.Json(json =>
        {
            json.WriteStartObject();
            data(json);
            json.WriteEndObject();
        });
        html.Append($"</figure>\n");
    }

    /// <summary>Writes marker lines.</summary>
    public static void WriteMarkers(this Utf8JsonWriter json, IReadOnlyList<MarkerLine> markers)
    {
        json.WriteStartArray("markers");
        foreach (MarkerLine marker in markers)
        {
            if (!double.IsFinite(marker.Value)) throw new ArgumentException($"The marker '{marker.Label}' is at {marker.Value}, expected a finite number.", nameof(markers));
            json.WriteStartObject();
            json.Number("at", marker.Value);
            json.WriteString("label", marker.Label);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
