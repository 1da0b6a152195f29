using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// One transformer block: modulated self-attention, cross-attention, modulated feed-forward, each added to the residual stream.
/// </summary>
/// <remarks>
/// Wan2.1 <c>WanAttentionBlock</c>. The six modulation vectors are shift, scale and gate of self-attention, then of the feed-forward
/// layers; cross-attention has an affine norm and neither modulation nor gate. The residual stream is in full precision.
/// </remarks>
internal sealed class RedirectorBlock : nn.Module
{
    private readonly long[] _width;
    private readonly double _epsilon;
    private readonly ScalarType _compute;
    [ComponentName(Name = "modulation")] private readonly Parameter _modulation;
    [ComponentName(Name = "self_attn")] private readonly RoceSelfAttention _selfAttention;
    [ComponentName(Name = "cross_attn")] private readonly CrossAttention? _crossAttention;
    [ComponentName(Name = "norm3")] private readonly AffineLayerNorm? _crossNorm;
    [ComponentName(Name = "ffn")] private readonly FeedForward _feedForward;

    public RedirectorBlock(ParameterFactory make, RedirectorConfig config) : base(nameof(RedirectorBlock))
    {
        (_width, _epsilon, _compute) = ([config.Width], config.Epsilon, make.Formats.Compute);
        _modulation = make.Exact(1, 6, config.Width);
        _selfAttention = new RoceSelfAttention(make, config);
        if (config.HasText)
            (_crossAttention, _crossNorm) = (new CrossAttention(make, config), new AffineLayerNorm(make, config.Width, config.Epsilon));
        _feedForward = new FeedForward(make, config);
        RegisterComponents();
    }

    /// <summary>Transforms the residual stream <c>[batch, tokens, D]</c>.</summary>
    /// <param name="x">Residual stream.</param>
    /// <param name="pass">Time, cameras, positions and context tokens.</param>
    /// <param name="probe">Receives intermediates, for tests.</param>
    public Tensor Apply(Tensor x, RedirectorPass pass, Action<string, Tensor>? probe)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] m = (_modulation + pass.TimeProjection).chunk(6, dim: 1);
        (Tensor attentionShift, Tensor attentionScale, Tensor attentionGate) = (m[0], m[1], m[2]);
        (Tensor feedShift, Tensor feedScale, Tensor feedGate) = (m[3], m[4], m[5]);

        Tensor input = Modulated(x, attentionShift, attentionScale);
        probe?.Invoke("self_attn_in", input);
        x = x + attentionGate * _selfAttention.Apply(input, pass, probe);

        if (pass.Text is not null && _crossAttention is not null && _crossNorm is not null)
        {
            Tensor crossed = _crossAttention.Apply(_crossNorm.Apply(x).As(_compute), pass.Text, pass.Image);
            probe?.Invoke("cross_attn_out", crossed);
            x = x + crossed;
        }

        Tensor fed = _feedForward.Apply(Modulated(x, feedShift, feedScale));
        probe?.Invoke("ffn_out", fed);
        x = x + feedGate * fed;
        probe?.Invoke("out", x);
        return x.MoveToOuterDisposeScope();
    }

    private Tensor Modulated(Tensor x, Tensor shift, Tensor scale) =>
        (nn.functional.layer_norm(x, _width, eps: _epsilon) * (scale + 1.0) + shift).As(_compute);
}
