using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>One attention head as wide as the channels, over the positions of a single frame, added to the input.</summary>
internal sealed class VaeAttention : VaeLayer
{
    [ComponentName(Name = "norm")] private readonly ChannelNorm _norm;
    [ComponentName(Name = "to_qkv")] private readonly PixelProjection _queryKeyValue;
    [ComponentName(Name = "proj")] private readonly PixelProjection _output;

    public VaeAttention(ParameterFactory make, long channels) : base(nameof(VaeAttention))
    {
        _norm = ChannelNorm.OfPictures(make, channels);
        (_queryKeyValue, _output) = (new PixelProjection(make, channels, 3 * channels), new PixelProjection(make, channels, channels));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, ChunkHistory history)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor result = _norm.Apply(x);
        result = FrameConvolution.EachFrame(result, Attend);
        result.add_(x);
        x.Dispose();
        return result.MoveToOuterDisposeScope();
    }

    // [1, C, h, w] to the same.
    private Tensor Attend(Tensor frame)
    {
        long[] size = frame.shape;
        Tensor tokens = frame.flatten(start_dim: 2).transpose(1, 2);                                  // 1, h·w, C
        Tensor[] parts = _queryKeyValue.Apply(tokens).unsqueeze(1).chunk(3, dim: -1);                  // each 1, 1 head, h·w, C
        Tensor attended = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2]).squeeze(1);
        return _output.Apply(attended).transpose(1, 2).reshape(size);
    }

    /// <summary>A 1×1 convolution as the matrix product it is.</summary>
    private sealed class PixelProjection : nn.Module
    {
        [ComponentName(Name = "weight")] private readonly Parameter _weight;
        [ComponentName(Name = "bias")] private readonly Parameter _bias;

        public PixelProjection(ParameterFactory make, long inputs, long outputs) : base(nameof(PixelProjection))
        {
            (_weight, _bias) = (make.Frozen(outputs, inputs, 1, 1), make.Frozen(outputs));
            RegisterComponents();
        }

        public Tensor Apply(Tensor tokens) => nn.functional.linear(tokens, _weight.flatten(start_dim: 1), _bias);
    }
}
