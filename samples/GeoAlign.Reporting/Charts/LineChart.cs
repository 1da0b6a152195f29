using System.Text.Json;
using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>Curves over iterations or any other axis, with a read-out under the pointer. An empty chart says that it has no values.</summary>
public sealed record LineChart : ReportBlock
{
    /// <summary>The curves; the legend switches them on and off.</summary>
    public IReadOnlyList<ChartSeries> Series { get; init; } = [];

    /// <summary>Name of the horizontal axis.</summary>
    public string XLabel { get; init; } = "iteration";

    /// <summary>Name of the vertical axis, or empty where the title says it.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>Unit of the values, such as "m".</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether the horizontal axis counts powers of ten.</summary>
    public bool HasLogX { get; init; }

    /// <summary>Whether the vertical axis counts powers of ten; values that are not above 0 are left out and counted in small print.</summary>
    public bool HasLogY { get; init; }

    /// <summary>Whether the vertical axis starts or ends at 0 even where no value is near it.</summary>
    public bool IncludesZero { get; init; }

    /// <summary>Points of a running mean drawn over the faint curve itself; 1 draws the curve only.</summary>
    public int RunningMeanPoints { get; init; } = 1;

    /// <summary>Horizontal lines.</summary>
    public IReadOnlyList<MarkerLine> Markers { get; init; } = [];

    internal override Task AppendToAsync(HtmlWriter html, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(RunningMeanPoints, 1);
        foreach (ChartSeries series in Series) series.Validated(Title);

        ChartFigure.Append(html, "line", Title, Subtitle, Series.Select(s => (s.Name, s.Colour)), Notes(), WriteJson);
        return Task.CompletedTask;
    }

    private string Subtitle => (YLabel, Unit) switch { ("", "") => "", (_, "") => YLabel, ("", _) => $"in {Unit}", _ => $"{YLabel}, {Unit}" };

    private IEnumerable<string> Notes()
    {
        int off = HasLogY ? Series.Sum(s => s.Y.Count(y => y <= 0)) : 0;
        if (off > 0) yield return $"{off} {(off == 1 ? "value is" : "values are")} not above 0 and cannot be shown on this logarithmic axis.";
        if (RunningMeanPoints > 1) yield return $"Strong curve: mean of the last {RunningMeanPoints} points; faint curve: the values.";
        if (Note.Length > 0) yield return Note;
    }

    private void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("x", XLabel);
        json.WriteString("unit", Unit);
        json.WriteBoolean("logX", HasLogX);
        json.WriteBoolean("logY", HasLogY);
        json.WriteBoolean("zero", IncludesZero);
        json.WriteNumber("mean", RunningMeanPoints);
        json.WriteMarkers(Markers);
        json.WriteStartArray("series");
        string[] tones = Tones.For(Series.Select(s => s.Colour));
        foreach ((int index, ChartSeries series) in Series.Index())
        {
            json.WriteStartObject();
            json.WriteString("name", series.Name);
            json.WriteString("tone", tones[index]);
            json.WriteBoolean("dashed", series.IsDashed);
            json.Numbers("x", series.X);
            json.Numbers("y", series.Y);
            if (series.Lower is not null) json.Numbers("low", series.Lower);
            if (series.Upper is not null) json.Numbers("high", series.Upper);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
