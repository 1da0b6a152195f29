using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Lin(z·σ(1.702 z)) with z = Lin(x): the sigmoid form of GELU. Hendrycks, Gimpel 2016, section 2.</summary>
internal sealed class Qwen2VlVisionFeedForward : nn.Module
{
    private const double Steepness = 1.702;

    [ComponentName(Name = "fc1")] private readonly Projection _hidden;
    [ComponentName(Name = "fc2")] private readonly Projection _output;

    public Qwen2VlVisionFeedForward(ParameterFactory make, Qwen2VlConfig config) : base(nameof(Qwen2VlVisionFeedForward))
    {
        _hidden = Projection.Frozen(make, config.VisionWidth, config.VisionFeedForwardWidth);
        _output = Projection.Frozen(make, config.VisionFeedForwardWidth, config.VisionWidth);
        RegisterComponents();
    }

    /// <summary>Applies the layers to the last axis.</summary>
    public Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor z = _hidden.Apply(x);
        return _output.Apply((z * Steepness).sigmoid_().mul_(z)).MoveToOuterDisposeScope();
    }
}
