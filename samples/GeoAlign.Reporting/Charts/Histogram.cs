using System.Text.Json;
using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>Distributions over each other, such as scale ratios before and after, with the median of each.</summary>
public sealed record Histogram : ReportBlock
{
    /// <summary>The distributions.</summary>
    public IReadOnlyList<HistogramSeries> Series { get; init; } = [];

    /// <summary>Name of the horizontal axis.</summary>
    public string XLabel { get; init; } = "";

    /// <summary>Unit of the values, or empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Number of bins.</summary>
    public int BinCount { get; init; } = 24;

    /// <summary>Lower end of the first bin; null takes the smallest value or marker.</summary>
    public double? Minimum { get; init; }

    /// <summary>Upper end of the last bin; null takes the largest value or marker. Values outside are counted in small print.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether bins are equally wide in the logarithm; values that are not above 0 then lie outside.</summary>
    public bool HasLogX { get; init; }

    /// <summary>Vertical lines, such as 1 for a scale ratio.</summary>
    public IReadOnlyList<MarkerLine> Markers { get; init; } = [];

    internal override Task AppendToAsync(HtmlWriter html, CancellationToken cancellationToken)
    {
        HistogramBins bins = HistogramBins.Of(this);
        string subtitle = Unit.Length == 0 ? XLabel : XLabel.Length == 0 ? $"in {Unit}" : $"{XLabel}, {Unit}";
        ChartFigure.Append(html, "histogram", Title, subtitle, Series.Select(s => (s.Name, s.Colour)), Notes(bins), json => WriteJson(json, bins));
        return Task.CompletedTask;
    }

    private IEnumerable<string> Notes(HistogramBins bins)
    {
        string[] medians = [.. Series.Zip(bins.Series).Where(s => double.IsFinite(s.Second.Median)).Select(s => $"{s.First.Name} {NumberText.Of(s.Second.Median, NumberText.FormatFor([s.Second.Median]))}{NumberText.UnitAfterNumber(Unit)}".TrimStart())];
        if (medians.Length > 0) yield return $"Pins mark medians: {string.Join(", ", medians)}.";
        foreach ((HistogramSeries series, BinnedValues binned) in Series.Zip(bins.Series))
        {
            if (binned.Below > 0) yield return $"{series.Name}: {binned.Below} below this range.";
            if (binned.Above > 0) yield return $"{series.Name}: {binned.Above} above this range.";
            if (binned.Missing > 0) yield return $"{series.Name}: {binned.Missing} missing.";
        }

        if (Note.Length > 0) yield return Note;
    }

    private void WriteJson(Utf8JsonWriter json, HistogramBins bins)
    {
        json.WriteString("x", XLabel);
        json.WriteString("unit", Unit);
        json.WriteBoolean("logX", HasLogX);
        json.Numbers("edges", bins.Edges);
        json.WriteMarkers(Markers);
        string[] tones = Tones.For(Series.Select(s => s.Colour));
        json.WriteStartArray("series");
        for (int i = 0; i < Series.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("name", Series[i].Name);
            json.WriteString("tone", tones[i]);
            json.Number("median", bins.Series[i].Median);
            json.WriteNumber("total", bins.Series[i].Total);
            json.Numbers("counts", bins.Series[i].Counts.Select(c => (double)c));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
