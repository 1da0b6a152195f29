using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>x + attention(RMS(x)), then x + feed-forward(RMS(x)). umT5 gives every block a position table of its own.</summary>
internal sealed class Umt5Block : nn.Module
{
    private readonly ScalarType _compute;
    [ComponentName(Name = "norm1")] private readonly RmsNorm _attentionNorm;
    [ComponentName(Name = "attn")] private readonly Umt5Attention _attention;
    [ComponentName(Name = "norm2")] private readonly RmsNorm _feedForwardNorm;
    [ComponentName(Name = "ffn")] private readonly GatedFeedForward _feedForward;
    [ComponentName(Name = "pos_embedding")] private readonly RelativePositionBias _position;

    public Umt5Block(ParameterFactory make, Umt5Config config) : base(nameof(Umt5Block))
    {
        _compute = make.Formats.Compute;
        _attentionNorm = new RmsNorm(make, config.Width, config.Epsilon);
        _attention = new Umt5Attention(make, config);
        _feedForwardNorm = new RmsNorm(make, config.Width, config.Epsilon);
        _feedForward = new GatedFeedForward(make, config);
        _position = new RelativePositionBias(make, config);
        RegisterComponents();
    }

    /// <summary>Applies the block to the residual stream <c>[batch, tokens, width]</c>.</summary>
    public Tensor Apply(Tensor x, Tensor buckets, Tensor isPadding, Action<string, Tensor>? probe)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor normed = _attentionNorm.Apply(x), position = _position.Of(buckets, x.shape[1]);
        Tensor attended = _attention.Apply(normed.As(_compute), position, isPadding);
        Tensor between = x + attended;
        Tensor fed = _feedForward.Apply(_feedForwardNorm.Apply(between).As(_compute));
        Tensor output = between + fed;
        probe?.Invoke("norm1", normed);
        probe?.Invoke("position", position);
        probe?.Invoke("attn_out", attended);
        probe?.Invoke("ffn_out", fed);
        probe?.Invoke("out", output);
        return output.MoveToOuterDisposeScope();
    }
}
