namespace GeoAlign.Reporting;

/// <summary>Values of which a histogram shows the distribution.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="Values">The values; those that are not finite are counted as missing.</param>
public sealed record HistogramSeries(string Name, IReadOnlyList<double> Values)
{
    /// <summary>Colour of the bars.</summary>
    public SeriesColour Colour { get; init; }
}
