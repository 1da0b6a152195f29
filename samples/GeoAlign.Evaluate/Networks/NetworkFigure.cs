namespace GeoAlign.Evaluate;

/// <summary>A figure from networks, or the reason why there is none.</summary>
/// <param name="Value">The number.</param>
/// <param name="Reason">Why there is none.</param>
internal sealed record NetworkFigure(double? Value, string? Reason = null);
