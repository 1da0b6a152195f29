using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>The feed-forward layers of a MapAnything block, gated or plain; the weights of the other kind do not exist.</summary>
internal sealed class ViewFeedForward : nn.Module
{
    [ComponentName(Name = "w12")] private readonly Projection? _gateAndHidden;
    [ComponentName(Name = "w3")] private readonly Projection? _gatedOutput;
    [ComponentName(Name = "fc1")] private readonly Projection? _hidden;
    [ComponentName(Name = "fc2")] private readonly Projection? _output;

    public ViewFeedForward(ParameterFactory make, MapAnythingTransformerConfig config) : base(nameof(ViewFeedForward))
    {
        (int width, int hidden) = (config.Width, config.FeedForwardWidth);
        if (config.FeedForward == MapAnythingFeedForward.GatedSilu)
            (_gateAndHidden, _gatedOutput) = (Projection.Frozen(make, width, 2 * hidden), Projection.Frozen(make, hidden, width));
        else
            (_hidden, _output) = (Projection.Frozen(make, width, hidden), Projection.Frozen(make, hidden, width));
        RegisterComponents();
    }

    /// <summary>Applies the layers to the last axis.</summary>
    public Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        if (_gateAndHidden is null) return _output!.Apply(nn.functional.gelu(_hidden!.Apply(x))).MoveToOuterDisposeScope();

        Tensor both = _gateAndHidden.Apply(x);
        long hidden = both.shape[^1] / 2;
        return _gatedOutput!.Apply(nn.functional.silu(both.narrow(-1, 0, hidden)).mul_(both.narrow(-1, hidden, hidden))).MoveToOuterDisposeScope();
    }
}
