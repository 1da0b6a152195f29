using System.Globalization;

namespace GeoAlign.Evaluate;

/// <summary>Figures as the report writes them.</summary>
internal static class FigureText
{
    /// <summary>"0.0123 [0.0110, 0.0136]", or "n/a".</summary>
    public static string WithInterval(MetricSummary? summary) => summary is null
        ? "n/a"
        : WithInterval(summary.Mean, summary.Interval, MetricCatalogue.Of(summary.Metric).Format);

    /// <summary>A mean with its interval.</summary>
    public static string WithInterval(double mean, Interval? interval, string format) =>
        interval is { } i ? $"{Number(mean, format)} [{Number(i.Low, format)}, {Number(i.High, format)}]" : Number(mean, format);

    /// <summary>A number with a true minus sign.</summary>
    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>The main figures of a case in a few words.</summary>
    public static string OfCase(CaseResult? result) => result switch
    {
        null or { Status: CaseStatus.Missing } => "no video",
        { Status: CaseStatus.Failed } => "failed",
        { Status: CaseStatus.Waiting } => "no result yet",
        _ => string.Join(" · ", Parts(result.Scores)),
    };

    private static IEnumerable<string> Parts(CaseScores scores)
    {
        if (scores[MetricCatalogue.Translation] is { } metres) yield return $"{Number(metres, "0.000")} m";
        if (scores[MetricCatalogue.Rotation] is { } degrees) yield return $"{Number(degrees, "0.00")}°";
        if (scores[MetricCatalogue.PathRatio] is { } ratio) yield return $"length × {Number(ratio, "0.00")}";
        if (scores[MetricCatalogue.Parasitic] is { } parasitic) yield return $"drifts {Number(parasitic, "0.000")} m";
        if (scores[MetricCatalogue.RotErr] is { } rotErr) yield return $"RotErr {Number(rotErr, "0.00")}°";
    }
}
