using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Lin(ReLU(Lin(ReLU(Lin(x))))) to two outputs, in full precision. Ma et al. 2025 (HPSv3); the dropout of training is no part of it.</summary>
internal sealed class HpsV3Head : nn.Module
{
    /// <summary>μ and ln σ.</summary>
    public const int Outputs = 2;

    [ComponentName(Name = "0")] private readonly Projection _first;
    [ComponentName(Name = "3")] private readonly Projection _second;
    [ComponentName(Name = "5")] private readonly Projection _third;

    public HpsV3Head(ParameterFactory make, long inputs, long firstHidden, long secondHidden) : base(nameof(HpsV3Head))
    {
        _first = Projection.Exact(make, inputs, firstHidden);
        _second = Projection.Exact(make, firstHidden, secondHidden);
        _third = Projection.Exact(make, secondHidden, Outputs);
        RegisterComponents();
    }

    /// <summary>Applies the layers to the last axis.</summary>
    public Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        return _third.Apply(_second.Apply(_first.Apply(x).relu()).relu()).MoveToOuterDisposeScope();
    }
}
