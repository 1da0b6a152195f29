namespace GeoAlign.Models;

/// <summary>Features from a text or image encoder: <paramref name="Count"/> rows of <paramref name="Width"/> numbers.</summary>
/// <param name="Count">Number of tokens.</param>
/// <param name="Width">Numbers per token.</param>
/// <param name="Values"><c>Count × Width</c> numbers, row-major.</param>
public sealed record TokenFeatures(int Count, int Width, ReadOnlyMemory<float> Values);
