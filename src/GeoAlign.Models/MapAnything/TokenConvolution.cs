using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>A 1×1 convolution over a grid of tokens, in full precision: a linear map of each token whose weights have two axes more.</summary>
internal sealed class TokenConvolution : nn.Module
{
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter _bias;

    public TokenConvolution(ParameterFactory make, long inputs, long outputs) : base(nameof(TokenConvolution))
    {
        (_weight, _bias) = (make.Exact(outputs, inputs, 1, 1), make.Exact(outputs));
        RegisterComponents();
    }

    /// <summary>Applies the layer to the last axis.</summary>
    public Tensor Apply(Tensor tokens) => nn.functional.linear(tokens, _weight.flatten(1), _bias);
}
