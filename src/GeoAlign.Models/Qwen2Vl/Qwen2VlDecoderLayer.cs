using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>x + attention(RMS(x)), then x + feed-forward(RMS(x)).</summary>
internal sealed class Qwen2VlDecoderLayer : nn.Module
{
    private readonly ScalarType _compute;
    [ComponentName(Name = "self_attn")] private readonly Qwen2VlAttention _attention;
    [ComponentName(Name = "mlp")] private readonly Qwen2VlFeedForward _feedForward;
    [ComponentName(Name = "input_layernorm")] private readonly RmsNorm _attentionNorm;
    [ComponentName(Name = "post_attention_layernorm")] private readonly RmsNorm _feedForwardNorm;

    public Qwen2VlDecoderLayer(ParameterFactory make, Qwen2VlConfig config) : base(nameof(Qwen2VlDecoderLayer))
    {
        _compute = make.Formats.Compute;
        _attention = new Qwen2VlAttention(make, config);
        _feedForward = new Qwen2VlFeedForward(make, config);
        _attentionNorm = new RmsNorm(make, config.Width, config.Epsilon);
        _feedForwardNorm = new RmsNorm(make, config.Width, config.Epsilon);
        RegisterComponents();
    }

    /// <summary>Applies the layer to the residual stream <c>[batch, tokens, width]</c>, which stays in full precision.</summary>
    public Tensor Apply(Tensor x, HalfRotation position, Tensor isFuture)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor between = x + _attention.Apply(_attentionNorm.Apply(x).As(_compute), position, isFuture);
        return (between + _feedForward.Apply(_feedForwardNorm.Apply(between).As(_compute))).MoveToOuterDisposeScope();
    }
}
