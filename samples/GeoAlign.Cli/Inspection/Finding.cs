namespace GeoAlign.Cli;

/// <summary>Something about a path that a reader should know before using it.</summary>
/// <param name="Code">Short name for programs.</param>
/// <param name="Message">What was found and what to do.</param>
internal sealed record Finding(string Code, string Message);
