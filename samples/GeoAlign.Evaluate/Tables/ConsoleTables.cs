using System.Globalization;
using System.Text;

namespace GeoAlign.Evaluate;

/// <summary>The main figures as text.</summary>
internal static class ConsoleTables
{
    private static readonly string[] Shown =
    [
        MetricCatalogue.RotErr, MetricCatalogue.TransErr, MetricCatalogue.TransErrMoving, MetricCatalogue.Translation, MetricCatalogue.Rotation,
        MetricCatalogue.PathRatio, MetricCatalogue.Parasitic, MetricCatalogue.Flicker, MetricCatalogue.MEt3R, MetricCatalogue.DynMEt3R,
    ];

    /// <summary>A line per figure and method, with interval and number of cases; then failures by name.</summary>
    public static string Of(EvaluationSummary summary, IReadOnlyList<CaseResult> results)
    {
        StringBuilder text = new();
        foreach (GroupSummary group in summary.ByMethod)
        {
            text.Append(CultureInfo.InvariantCulture, $"{group.Method}: {group.Scored} of {group.Planned} cases scored, {group.Failed} failed, {group.Missing} without a video\n");
            foreach (string key in Shown)
            {
                if (group[key] is not { } m) continue;
                MetricDefinition metric = MetricCatalogue.Of(key);
                string interval = m.Interval is { } i ? $"[{Number(i.Low, metric)}, {Number(i.High, metric)}]" : "";
                text.Append(CultureInfo.InvariantCulture, $"    {metric.Label,-28} {Number(m.Mean, metric),10}  {interval,-22} n {m.Count}\n");
            }
        }

        foreach (MethodDifference d in summary.Differences.Where(d => Shown.Contains(d.Metric)))
        {
            MetricDefinition metric = MetricCatalogue.Of(d.Metric);
            string interval = d.Interval is { } i ? $"[{Number(i.Low, metric)}, {Number(i.High, metric)}]" : "";
            text.Append(CultureInfo.InvariantCulture, $"{d.Method} − {d.Reference}: {metric.Label,-28} {Number(d.Mean, metric),10}  {interval,-22} n {d.Count}\n");
        }

        foreach (CaseResult failed in results.Where(r => r.Status == CaseStatus.Failed))
            text.Append(CultureInfo.InvariantCulture, $"failed: {failed.Method}: {failed.Name}: {failed.Reason}\n");
        return text.ToString();
    }

    private static string Number(double value, MetricDefinition metric) => value.ToString(metric.Format, CultureInfo.InvariantCulture);
}
