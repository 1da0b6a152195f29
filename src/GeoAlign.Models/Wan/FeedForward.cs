using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Lin(GELUtanh(Lin(x))).</summary>
internal sealed class FeedForward : nn.Module
{
    [ComponentName(Name = "0")] private readonly Projection _hidden;
    [ComponentName(Name = "2")] private readonly Projection _output;

    public FeedForward(ParameterFactory make, WanConfig config) : base(nameof(FeedForward))
    {
        _hidden = Projection.Frozen(make, config.Width, config.FeedForwardWidth);
        _output = Projection.Frozen(make, config.FeedForwardWidth, config.Width);
        RegisterComponents();
    }

    /// <summary>Applies the layers to the last axis.</summary>
    public Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        return _output.Apply(nn.functional.gelu(_hidden.Apply(x), TorchSharp.Modules.GELU.Approximate.tanh)).MoveToOuterDisposeScope();
    }
}
