using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>softmax(q kᵀ + position) v for every head. T5 does not divide by √d; the softmax is in full precision.</summary>
/// <remarks>Raffel et al. 2020, section 2.1.</remarks>
internal sealed class Umt5Attention : nn.Module
{
    private readonly int _heads;
    private readonly ScalarType _exact;
    [ComponentName(Name = "q")] private readonly Projection _query;
    [ComponentName(Name = "k")] private readonly Projection _key;
    [ComponentName(Name = "v")] private readonly Projection _value;
    [ComponentName(Name = "o")] private readonly Projection _output;

    public Umt5Attention(ParameterFactory make, Umt5Config config) : base(nameof(Umt5Attention))
    {
        (_heads, _exact) = (config.Heads, make.Formats.Exact);
        _query = Projection.Frozen(make, config.Width, config.AttentionWidth, bias: false);
        _key = Projection.Frozen(make, config.Width, config.AttentionWidth, bias: false);
        _value = Projection.Frozen(make, config.Width, config.AttentionWidth, bias: false);
        _output = Projection.Frozen(make, config.AttentionWidth, config.Width, bias: false);
        RegisterComponents();
    }

    /// <summary>Attends within a text.</summary>
    /// <param name="x"><c>[batch, tokens, width]</c>, in the type of matrix products.</param>
    /// <param name="position">What is added to the scores: <c>[1, heads, tokens, tokens]</c>.</param>
    /// <param name="isPadding">Keys that nobody attends to: <c>[batch, 1, 1, tokens]</c>.</param>
    public Tensor Apply(Tensor x, Tensor position, Tensor isPadding)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor scores = Split(_query.Apply(x)).matmul(Split(_key.Apply(x)).transpose(-2, -1)).As(_exact).add_(position);
        Tensor weights = scores.masked_fill_(isPadding, float.MinValue).softmax(-1).As(x.dtype);
        Tensor attended = weights.matmul(Split(_value.Apply(x))).transpose(1, 2).flatten(2);
        return _output.Apply(attended).MoveToOuterDisposeScope();
    }

    private Tensor Split(Tensor x) => x.unflatten(-1, _heads, x.shape[^1] / _heads).transpose(1, 2);
}
