using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>x + attention(LN(x)), then x + feed-forward(LN(x)). Dosovitskiy et al. 2021, eq. 2 and 3.</summary>
internal sealed class ClipBlock : nn.Module
{
    private readonly ScalarType _compute;
    [ComponentName(Name = "norm1")] private readonly AffineLayerNorm _attentionNorm;
    [ComponentName(Name = "attn")] private readonly ClipAttention _attention;
    [ComponentName(Name = "norm2")] private readonly AffineLayerNorm _feedForwardNorm;
    [ComponentName(Name = "mlp")] private readonly FeedForward _feedForward;

    public ClipBlock(ParameterFactory make, ClipConfig config) : base(nameof(ClipBlock))
    {
        _compute = make.Formats.Compute;
        (_attentionNorm, _feedForwardNorm) =
            (new AffineLayerNorm(make, config.Width, config.Epsilon), new AffineLayerNorm(make, config.Width, config.Epsilon));
        _attention = new ClipAttention(make, config);
        _feedForward = new FeedForward(make, config.Width, config.FeedForwardWidth, config.Width, TorchSharp.Modules.GELU.Approximate.none);
        RegisterComponents();
    }

    /// <summary>Applies the block to the residual stream <c>[batch, tokens, width]</c>, which stays in full precision.</summary>
    public Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor between = x + _attention.Apply(_attentionNorm.Apply(x).As(_compute));
        return (between + _feedForward.Apply(_feedForwardNorm.Apply(between).As(_compute))).MoveToOuterDisposeScope();
    }
}
