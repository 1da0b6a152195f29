using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Lin(Lin(x) · GELUtanh(Lin(x))), without biases. Shazeer 2020, eq. 6.</summary>
internal sealed class GatedFeedForward : nn.Module
{
    [ComponentName(Name = "gate")] private readonly ModuleList<Projection> _gate;
    [ComponentName(Name = "fc1")] private readonly Projection _hidden;
    [ComponentName(Name = "fc2")] private readonly Projection _output;

    public GatedFeedForward(ParameterFactory make, Umt5Config config) : base(nameof(GatedFeedForward))
    {
        _gate = nn.ModuleList(Projection.Frozen(make, config.Width, config.FeedForwardWidth, bias: false));
        _hidden = Projection.Frozen(make, config.Width, config.FeedForwardWidth, bias: false);
        _output = Projection.Frozen(make, config.FeedForwardWidth, config.Width, bias: false);
        RegisterComponents();
    }

    /// <summary>Applies the layers to the last axis.</summary>
    public Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor gate = nn.functional.gelu(_gate[0].Apply(x), GELU.Approximate.tanh);
        return _output.Apply(_hidden.Apply(x).mul_(gate)).MoveToOuterDisposeScope();
    }
}
