using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Self-attention whose queries, keys and values come from one projection, in thirds, with bounded memory.</summary>
internal sealed class ViewAttention : nn.Module
{
    private readonly int _heads;
    [ComponentName(Name = "qkv")] private readonly Projection _input;
    [ComponentName(Name = "proj")] private readonly Projection _output;

    public ViewAttention(ParameterFactory make, MapAnythingTransformerConfig config) : base(nameof(ViewAttention))
    {
        _heads = config.Heads;
        _input = Projection.Frozen(make, config.Width, 3 * config.Width);
        _output = Projection.Frozen(make, config.Width, config.Width);
        RegisterComponents();
    }

    /// <summary>Attends within <c>[batch, tokens, width]</c>.</summary>
    public Tensor Apply(Tensor x, long mostScores)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor thirds = _input.Apply(x).unflatten(-1, 3, _heads, x.shape[^1] / _heads);
        Tensor attended = BoundedAttention.Apply(thirds.select(2, 0), thirds.select(2, 1), thirds.select(2, 2), mostScores);
        return _output.Apply(attended).MoveToOuterDisposeScope();
    }
}
