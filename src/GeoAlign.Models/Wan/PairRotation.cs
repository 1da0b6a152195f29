using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// Turns the channel pairs (2i, 2i+1) of every head by an angle of their own: a pair is a complex number, times e^{i·angle}.
/// </summary>
/// <remarks>One complex product instead of four real ones and their sums: half of the time of a small network's rotations.</remarks>
/// <param name="Turn">e^{i·angle}, broadcastable to <c>[batch, tokens, heads, pairs]</c>.</param>
internal readonly record struct PairRotation(Tensor Turn)
{
    /// <summary>The rotation by angles with these cosines and sines.</summary>
    public static PairRotation Of(Tensor cosine, Tensor sine) => new(complex(cosine, sine));

    /// <summary>The rotation by the given angles.</summary>
    public static PairRotation By(Tensor angles)
    {
        using DisposeScope scope = NewDisposeScope();
        return new PairRotation(Of(angles.cos(), angles.sin()).Turn.MoveToOuterDisposeScope());
    }

    /// <summary>This rotation and another one after it; angles add.</summary>
    /// <remarks>The product e^{ia}·e^{iφ} keeps the precision with which the table of the large positional angle a was made.</remarks>
    public PairRotation Then(PairRotation other) => new(Turn * other.Turn);

    /// <summary>Rotates <c>[batch, tokens, heads, d]</c>; computed in the type of the angles, returned in that of x.</summary>
    public Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        ScalarType real = Turn.dtype == ScalarType.ComplexFloat64 ? ScalarType.Float64 : ScalarType.Float32;
        Tensor pairs = view_as_complex(x.As(real).unflatten(-1, x.shape[^1] / 2, 2));
        return view_as_real(pairs * Turn).flatten(start_dim: -2).As(x.dtype).MoveToOuterDisposeScope();
    }
}
