namespace GeoAlign.Cli;

/// <summary>A frame whose error does not count.</summary>
internal sealed record RejectedFrame(int Frame, string Reason);
