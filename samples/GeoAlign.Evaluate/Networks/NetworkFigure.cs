namespace GeoAlign.Evaluate;

/// <summary>A figure from networks as it is kept.</summary>
/// <param name="Value">The number; null where there is no pixel to compare.</param>
internal sealed record NetworkFigure(double? Value = null);
