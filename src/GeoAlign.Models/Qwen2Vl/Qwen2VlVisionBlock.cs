using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>x + attention(LN(x)), then x + feed-forward(LN(x)).</summary>
internal sealed class Qwen2VlVisionBlock : nn.Module
{
    private readonly ScalarType _compute;
    [ComponentName(Name = "norm1")] private readonly AffineLayerNorm _attentionNorm;
    [ComponentName(Name = "norm2")] private readonly AffineLayerNorm _feedForwardNorm;
    [ComponentName(Name = "attn")] private readonly Qwen2VlVisionAttention _attention;
    [ComponentName(Name = "mlp")] private readonly Qwen2VlVisionFeedForward _feedForward;

    public Qwen2VlVisionBlock(ParameterFactory make, Qwen2VlConfig config) : base(nameof(Qwen2VlVisionBlock))
    {
        _compute = make.Formats.Compute;
        _attentionNorm = new AffineLayerNorm(make, config.VisionWidth, config.Epsilon);
        _feedForwardNorm = new AffineLayerNorm(make, config.VisionWidth, config.Epsilon);
        _attention = new Qwen2VlVisionAttention(make, config);
        _feedForward = new Qwen2VlVisionFeedForward(make, config);
        RegisterComponents();
    }

    /// <summary>Applies the block to the residual stream <c>[patches, width]</c>, which stays in full precision.</summary>
    public Tensor Apply(Tensor x, HalfRotation position, long slices)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor between = x + _attention.Apply(_attentionNorm.Apply(x).As(_compute), position, slices);
        return (between + _feedForward.Apply(_feedForwardNorm.Apply(between).As(_compute))).MoveToOuterDisposeScope();
    }
}
