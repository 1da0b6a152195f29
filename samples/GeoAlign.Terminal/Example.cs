namespace GeoAlign.Terminal;

/// <summary>A command line that the help shows.</summary>
/// <param name="Arguments">What to type after the command's name.</param>
/// <param name="Purpose">What it does.</param>
public sealed record Example(string Arguments, string Purpose);
