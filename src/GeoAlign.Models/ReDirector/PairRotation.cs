using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Turns the channel pairs (2i, 2i+1) of every head by an angle of their own: <c>(x₀ cos − x₁ sin, x₀ sin + x₁ cos)</c>.</summary>
/// <param name="Cosine">Cosines, broadcastable to <c>[batch, tokens, heads, pairs]</c>.</param>
/// <param name="Sine">Sines, of the same shape.</param>
internal readonly record struct PairRotation(Tensor Cosine, Tensor Sine)
{
    /// <summary>The rotation by the given angles.</summary>
    public static PairRotation By(Tensor angles) => new(angles.cos(), angles.sin());

    /// <summary>The opposite rotation.</summary>
    public PairRotation Inverse() => this with { Sine = -Sine };

    /// <summary>This rotation and another one after it; angles add.</summary>
    /// <remarks>
    /// cos(a + φ) and sin(a + φ) from the parts: the large positional angle a keeps the precision its table was made with.
    /// </remarks>
    public PairRotation Then(PairRotation other) => new(
        Cosine * other.Cosine - Sine * other.Sine,
        Sine * other.Cosine + Cosine * other.Sine);

    /// <summary>Rotates <c>[batch, tokens, heads, d]</c>; computed in the type of the angles, returned in that of x.</summary>
    public Tensor Apply(Tensor x)
    {
        Tensor pairs = x.As(Cosine.dtype).unflatten(-1, x.shape[^1] / 2, 2);
        Tensor first = pairs.select(-1, 0), second = pairs.select(-1, 1);
        return stack([first * Cosine - second * Sine, first * Sine + second * Cosine], dim: -1).flatten(start_dim: -2).As(x.dtype);
    }
}
