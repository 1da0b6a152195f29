namespace GeoAlign.Rewards;

/// <summary>An image as a network takes it: three planes of numbers.</summary>
/// <param name="Size">Size of each plane.</param>
/// <param name="Values">3×H×W numbers: red, green, blue.</param>
public sealed record PlanarImage(ImageSize Size, ReadOnlyMemory<float> Values);
