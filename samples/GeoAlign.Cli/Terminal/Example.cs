namespace GeoAlign.Cli;

/// <summary>A command line that the help shows.</summary>
/// <param name="Line">What to type, without the program's name.</param>
/// <param name="Purpose">What it does.</param>
internal sealed record Example(string Line, string Purpose);
