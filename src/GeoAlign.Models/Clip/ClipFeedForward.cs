using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Lin(GELU(Lin(x))) with the exact GELU, x·Φ(x). Hendrycks, Gimpel 2016.</summary>
internal sealed class ClipFeedForward : nn.Module
{
    [ComponentName(Name = "0")] private readonly Projection _hidden;
    [ComponentName(Name = "2")] private readonly Projection _output;

    public ClipFeedForward(ParameterFactory make, ClipConfig config) : base(nameof(ClipFeedForward))
    {
        _hidden = Projection.Frozen(make, config.Width, config.FeedForwardWidth);
        _output = Projection.Frozen(make, config.FeedForwardWidth, config.Width);
        RegisterComponents();
    }

    /// <summary>Applies the layers to the last axis.</summary>
    public Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        return _output.Apply(nn.functional.gelu(_hidden.Apply(x))).MoveToOuterDisposeScope();
    }
}
