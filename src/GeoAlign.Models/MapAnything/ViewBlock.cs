using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>x + γ₁·attention(LN(x)), then x + γ₂·feed-forward(LN(x)); γ is 1 where there is no LayerScale.</summary>
/// <remarks>
/// Both of MapAnything's transformers consist of it (DINOv2, Oquab et al. 2023). The residual stream stays in full precision while matrix
/// products are in the network's type, as in the reference under autocast.
/// </remarks>
internal sealed class ViewBlock : nn.Module
{
    /// <summary>Ours: tokens whose hidden features exist at a time; 8,192 of width 2·4,096 are 268 MB in float32.</summary>
    private const long MostTokens = 8192;

    private readonly NumberFormats _formats;
    [ComponentName(Name = "norm1")] private readonly AffineLayerNorm _attentionNorm;
    [ComponentName(Name = "attn")] private readonly ViewAttention _attention;
    [ComponentName(Name = "ls1")] private readonly ChannelScale? _attentionScale;
    [ComponentName(Name = "norm2")] private readonly AffineLayerNorm _feedForwardNorm;
    [ComponentName(Name = "mlp")] private readonly ViewFeedForward _feedForward;
    [ComponentName(Name = "ls2")] private readonly ChannelScale? _feedForwardScale;

    public ViewBlock(ParameterFactory make, MapAnythingTransformerConfig config) : base(nameof(ViewBlock))
    {
        _formats = make.Formats;
        _attentionNorm = new AffineLayerNorm(make, config.Width, MapAnythingConfig.Epsilon);
        _feedForwardNorm = new AffineLayerNorm(make, config.Width, MapAnythingConfig.Epsilon);
        _attention = new ViewAttention(make, config);
        _feedForward = new ViewFeedForward(make, config);
        if (config.LayerScale) (_attentionScale, _feedForwardScale) = (new ChannelScale(make, config.Width), new ChannelScale(make, config.Width));
        RegisterComponents();
    }

    /// <summary>Changes the residual stream <c>[batch, tokens, width]</c>, contiguous and in full precision, in place.</summary>
    public void Apply(Tensor x, long mostScores)
    {
        using DisposeScope scope = NewDisposeScope();
        x.add_(Scaled(_attention.Apply(_attentionNorm.Apply(x).As(_formats.Compute), mostScores), _attentionScale));

        Tensor tokens = x.view(-1, x.shape[^1]);
        long count = tokens.shape[0];
        for (long start = 0; start < count; start += MostTokens)
        {
            using DisposeScope pieceScope = NewDisposeScope();
            Tensor piece = tokens.narrow(0, start, Math.Min(MostTokens, count - start));
            piece.add_(Scaled(_feedForward.Apply(_feedForwardNorm.Apply(piece).As(_formats.Compute)), _feedForwardScale));
        }
    }

    private Tensor Scaled(Tensor branch, ChannelScale? scale)
    {
        Tensor exact = branch.As(_formats.Exact);
        return scale is null ? exact : scale.Apply(exact);
    }
}
