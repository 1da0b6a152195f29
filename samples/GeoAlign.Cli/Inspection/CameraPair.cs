namespace GeoAlign.Cli;

/// <summary>Two cameras and their distance.</summary>
internal sealed record CameraPair(string First, string Second, double Distance);
