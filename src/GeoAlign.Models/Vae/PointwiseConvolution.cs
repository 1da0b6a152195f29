using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>A 1×1×1 convolution: mixes channels, needs no other frame.</summary>
internal sealed class PointwiseConvolution : nn.Module
{
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter _bias;

    public PointwiseConvolution(ParameterFactory make, long inputs, long outputs) : base(nameof(PointwiseConvolution))
    {
        (_weight, _bias) = (make.Frozen(outputs, inputs, 1, 1, 1), make.Frozen(outputs));
        RegisterComponents();
    }

    /// <summary>Applies the layer to <c>[1, C, T, H, W]</c>.</summary>
    public Tensor Apply(Tensor x) => nn.functional.conv3d(x, _weight, bias: _bias);
}
