namespace GeoAlign.Reporting;

/// <summary>A line across a chart at one value: a horizontal one in a line chart, a vertical one in a histogram.</summary>
/// <param name="Value">Where, in the units of that axis.</param>
/// <param name="Label">What it means.</param>
public sealed record MarkerLine(double Value, string Label);
