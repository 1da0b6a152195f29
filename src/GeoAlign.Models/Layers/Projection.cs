using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Lin(x) = x Wᵀ + b with W stored <c>[out, in]</c>, computed in the type of x.</summary>
internal sealed class Projection : nn.Module
{
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter? _bias;

    private Projection(Parameter weight, Parameter? bias) : base(nameof(Projection))
    {
        (_weight, _bias) = (weight, bias);
        RegisterComponents();
    }

    /// <summary>A layer whose weights only take part in matrix products.</summary>
    public static Projection Frozen(ParameterFactory make, long inputs, long outputs, bool bias = true) =>
        new(make.Frozen(outputs, inputs), bias ? make.Frozen(outputs) : null);

    /// <summary>A layer whose weights are kept in full precision.</summary>
    public static Projection Exact(ParameterFactory make, long inputs, long outputs, bool bias = true) =>
        new(make.Exact(outputs, inputs), bias ? make.Exact(outputs) : null);

    /// <summary>W, <c>[out, in]</c>.</summary>
    public Parameter Weight => _weight;

    /// <summary>A trained addition of low rank to the weight, or null. It is no part of the network's own weights.</summary>
    public LowRankUpdate? Adapter { get; set; }

    /// <summary>Applies the layer to the last axis.</summary>
    public Tensor Apply(Tensor x)
    {
        ScalarType type = x.dtype;
        Tensor y = nn.functional.linear(x, _weight.As(type), _bias?.As(type));
        return Adapter is null ? y : y + Adapter.Apply(x);
    }
}
