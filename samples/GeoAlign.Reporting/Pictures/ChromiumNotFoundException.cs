namespace GeoAlign.Reporting;

/// <summary>No Chromium browser is installed where one is needed.</summary>
public sealed class ChromiumNotFoundException(string message) : Exception(message);
