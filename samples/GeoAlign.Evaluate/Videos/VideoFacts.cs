namespace GeoAlign.Evaluate;

/// <summary>What one decoding of a video tells.</summary>
/// <param name="Frames">Frames that decode.</param>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Flicker">VBench's temporal flickering; null for a single frame.</param>
internal sealed record VideoFacts(int Frames, int Width, int Height, double? Flicker = null);
