using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>A 3×3 convolution with zero padding 1, as many channels out as in.</summary>
internal sealed class Convolution3x3 : nn.Module
{
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter _bias;

    public Convolution3x3(ParameterFactory make, long channels) : base(nameof(Convolution3x3))
    {
        (_weight, _bias) = (make.Frozen(channels, channels, 3, 3), make.Frozen(channels));
        RegisterComponents();
    }

    /// <summary>Applies the layer to <c>[N, channels, rows, columns]</c>.</summary>
    public Tensor Apply(Tensor x) => nn.functional.conv2d(x, _weight.As(x.dtype), bias: _bias.As(x.dtype), padding: [1, 1]);
}
