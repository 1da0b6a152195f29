namespace GeoAlign.Models;

/// <summary>A readable weight file whose keys or shapes do not fit the network. Nothing was loaded.</summary>
/// <param name="path">File that was read.</param>
/// <param name="problem">What does not fit.</param>
/// <param name="report">The complete lists.</param>
public sealed class WeightMismatchException(string path, string problem, WeightKeyReport report)
    : Exception($"{path}: the weights do not fit the network: {problem}. Nothing was loaded.")
{
    /// <summary>The complete lists; <see cref="WeightKeyReport.Differences"/> has every tensor with its shapes.</summary>
    public WeightKeyReport Report { get; } = report;
}
