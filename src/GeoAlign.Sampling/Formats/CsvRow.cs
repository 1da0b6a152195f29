namespace GeoAlign.Sampling;

/// <summary>A record of a CSV file.</summary>
/// <param name="Line">Line of its first character, from 1.</param>
/// <param name="Fields">Its fields, unquoted.</param>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Fields);
