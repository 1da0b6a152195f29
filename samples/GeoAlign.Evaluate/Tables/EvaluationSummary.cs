using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>Means and intervals of an evaluation.</summary>
internal sealed record EvaluationSummary
{
    /// <summary>One group per method.</summary>
    public required IReadOnlyList<GroupSummary> ByMethod { get; init; }

    /// <summary>One per method and move.</summary>
    public required IReadOnlyList<GroupSummary> ByMove { get; init; }

    /// <summary>One per method and speed.</summary>
    public required IReadOnlyList<GroupSummary> BySpeed { get; init; }

    /// <summary>Every method against the first.</summary>
    public required IReadOnlyList<MethodDifference> Differences { get; init; }

    /// <summary>Adds up results.</summary>
    public static EvaluationSummary Of(IReadOnlyList<CaseResult> results, ClusterBootstrap bootstrap)
    {
        List<CaseResult>[] methods = [.. results.GroupBy(r => r.Method).Select(g => g.ToList())];
        return new()
        {
            ByMethod = [.. methods.Select(m => Group(m, bootstrap))],
            ByMove = [.. methods.SelectMany(m => m.GroupBy(r => r.Move).Select(g => Group([.. g], bootstrap) with { Move = g.Key }))],
            BySpeed = [.. methods.SelectMany(m => m.GroupBy(r => r.Speed).Select(g => Group([.. g], bootstrap) with { Speed = g.Key }))],
            Differences = [.. methods.Skip(1).SelectMany(m => Compare(m, methods[0], bootstrap))],
        };
    }

    private static GroupSummary Group(List<CaseResult> cases, ClusterBootstrap bootstrap) => new()
    {
        Method = cases[0].Method,
        Planned = cases.Count,
        Scored = cases.Count(c => c.Status == CaseStatus.Scored),
        Failed = cases.Count(c => c.Status == CaseStatus.Failed),
        Missing = cases.Count(c => c.Status == CaseStatus.Missing),
        Metrics = [.. MetricCatalogue.All.Select(m => Metric(m.Key, cases, bootstrap)).OfType<MetricSummary>()],
    };

    private static MetricSummary? Metric(string key, List<CaseResult> cases, ClusterBootstrap bootstrap)
    {
        double[][] clusters = Clusters(cases.Select(c => (c.Video, c.Scores[key])));
        if (clusters.Length == 0) return null;
        double[] all = [.. clusters.SelectMany(c => c).Order()];
        return new(key, all.Length, all.Average(), 0.5 * (all[(all.Length - 1) / 2] + all[all.Length / 2]), bootstrap.OfMean(clusters));
    }

    private static IEnumerable<MethodDifference> Compare(List<CaseResult> cases, List<CaseResult> reference, ClusterBootstrap bootstrap)
    {
        Dictionary<RetakeName, CaseResult> others = reference.ToDictionary(r => r.Name);
        foreach (MetricDefinition metric in MetricCatalogue.All)
        {
            double[][] clusters = Clusters(cases.Select(c => (c.Video, others.TryGetValue(c.Name, out CaseResult? other) ? c.Scores[metric.Key] - other.Scores[metric.Key] : null)));
            if (clusters.Length == 0) continue;
            double[] all = [.. clusters.SelectMany(c => c)];
            yield return new(cases[0].Method, reference[0].Method, metric.Key, all.Length, all.Average(), bootstrap.OfMean(clusters));
        }
    }

    // Values by video; videos without any are left out.
    private static double[][] Clusters(IEnumerable<(string Video, double? Value)> values) =>
        [.. values.Where(v => v.Value is not null).GroupBy(v => v.Video, StringComparer.Ordinal).Select(g => g.Select(v => v.Value!.Value).ToArray())];
}
