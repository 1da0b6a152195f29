namespace GeoAlign.Models;

/// <summary>One of VideoAlign's scores.</summary>
/// <param name="Raw">What the network gave.</param>
/// <param name="Normalised">(raw − mean) / standard deviation over the published validation data.</param>
public readonly record struct VideoAlignScore(double Raw, double Normalised);
