namespace GeoAlign.Reporting;

/// <summary>A page that would be larger than its report allows. The message names the size of every section.</summary>
public sealed class ReportTooLargeException(string message) : Exception(message);
