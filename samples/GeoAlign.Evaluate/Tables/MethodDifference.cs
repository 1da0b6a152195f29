namespace GeoAlign.Evaluate;

/// <summary>How much a method differs from the first one, over the cases that both have.</summary>
/// <param name="Method">The method.</param>
/// <param name="Reference">The first method.</param>
/// <param name="Metric">Key of the figure.</param>
/// <param name="Count">Cases that both have.</param>
/// <param name="Mean">Mean of method − reference.</param>
/// <param name="Interval">95 % interval of that mean; null for a single video.</param>
internal sealed record MethodDifference(string Method, string Reference, string Metric, int Count, double Mean, Interval? Interval);
