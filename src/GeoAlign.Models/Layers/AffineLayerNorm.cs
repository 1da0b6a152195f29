using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Layer normalisation with weight and bias, in full precision. Ba, Kiros, Hinton 2016.</summary>
internal sealed class AffineLayerNorm : nn.Module
{
    private readonly long[] _shape;
    private readonly double _epsilon;
    private readonly ScalarType _exact;
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter _bias;

    public AffineLayerNorm(ParameterFactory make, long width, double epsilon) : base(nameof(AffineLayerNorm))
    {
        (_shape, _epsilon, _exact) = ([width], epsilon, make.Formats.Exact);
        (_weight, _bias) = (make.Exact(width), make.Exact(width));
        RegisterComponents();
    }

    /// <summary>Normalises the last axis; the result is in full precision.</summary>
    public Tensor Apply(Tensor x) => nn.functional.layer_norm(x.As(_exact), _shape, weight: _weight, bias: _bias, eps: _epsilon);
}
