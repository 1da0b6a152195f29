namespace GeoAlign.Cli;

/// <summary>One score of a video.</summary>
/// <param name="Dimension">Name of the dimension.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">The score; null where there is none.</param>
/// <param name="Reason">Why there is none.</param>
/// <param name="Warning">What a reader of the number should know.</param>
internal sealed record ScoredDimension(string Dimension, string Unit, double? Value, string? Reason, string? Warning);
