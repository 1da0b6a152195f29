using GeoAlign.Reporting;

namespace GeoAlign.Evaluate;

/// <summary>What a figure is.</summary>
/// <param name="Key">Its name in files.</param>
/// <param name="Title">Its name in tables.</param>
/// <param name="Unit">Unit, or empty.</param>
/// <param name="Better">Which way it improves.</param>
/// <param name="Format">.NET format in tables.</param>
/// <param name="Family">What it can be compared with.</param>
/// <param name="Meaning">One sentence.</param>
internal sealed record MetricDefinition(string Key, string Title, string Unit, Better Better, string Format, MetricFamily Family, string Meaning)
{
    /// <summary>Name with its unit.</summary>
    public string Label => Unit.Length == 0 ? Title : $"{Title} ({Unit})";
}
