using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Lin(SiLU(Lin(x)) · Lin(x)), without biases. Shazeer 2020, eq. 6 (SwiGLU).</summary>
internal sealed class Qwen2VlFeedForward : nn.Module
{
    [ComponentName(Name = "gate_proj")] private readonly Projection _gate;
    [ComponentName(Name = "up_proj")] private readonly Projection _hidden;
    [ComponentName(Name = "down_proj")] private readonly Projection _output;

    public Qwen2VlFeedForward(ParameterFactory make, Qwen2VlConfig config) : base(nameof(Qwen2VlFeedForward))
    {
        _gate = Projection.Frozen(make, config.Width, config.FeedForwardWidth, bias: false);
        _hidden = Projection.Frozen(make, config.Width, config.FeedForwardWidth, bias: false);
        _output = Projection.Frozen(make, config.FeedForwardWidth, config.Width, bias: false);
        RegisterComponents();
    }

    /// <summary>Applies the layers to the last axis.</summary>
    public Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        return _output.Apply(_gate.Apply(x).silu_().mul_(_hidden.Apply(x))).MoveToOuterDisposeScope();
    }
}
