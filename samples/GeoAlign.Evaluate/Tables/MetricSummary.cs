namespace GeoAlign.Evaluate;

/// <summary>A figure over a group of cases.</summary>
/// <param name="Metric">Key of the figure.</param>
/// <param name="Count">Cases that have it.</param>
/// <param name="Mean">Mean of these.</param>
/// <param name="Median">Median of these.</param>
/// <param name="Interval">95 % interval of the mean; null for a single video.</param>
internal sealed record MetricSummary(string Metric, int Count, double Mean, double Median, Interval? Interval);
