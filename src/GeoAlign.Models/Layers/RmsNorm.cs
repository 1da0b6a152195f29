using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>y = w · x / √(mean(x²) + ε) over the whole last axis. Zhang, Sennrich 2019, eq. 4.</summary>
/// <remarks>
/// Wan normalises the full width of a token, before it is split into heads. Statistics in full precision, result in the type of x.
/// </remarks>
internal sealed class RmsNorm : nn.Module
{
    private readonly double _epsilon;
    private readonly ScalarType _exact;
    [ComponentName(Name = "weight")] private readonly Parameter _weight;

    public RmsNorm(ParameterFactory make, long width, double epsilon) : base(nameof(RmsNorm))
    {
        (_weight, _epsilon, _exact) = (make.Exact(width), epsilon, make.Formats.Exact);
        RegisterComponents();
    }

    /// <summary>Normalises the last axis.</summary>
    public Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor exact = x.As(_exact);
        Tensor normed = exact * (exact.square().mean([-1L], keepdim: true) + _epsilon).rsqrt();
        return (normed.As(x.dtype) * _weight.As(x.dtype)).MoveToOuterDisposeScope();
    }
}
