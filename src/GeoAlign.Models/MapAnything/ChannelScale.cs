using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>LayerScale: a learned factor per channel, in full precision. Touvron et al. 2021, eq. 4.</summary>
internal sealed class ChannelScale : nn.Module
{
    [ComponentName(Name = "gamma")] private readonly Parameter _factors;

    public ChannelScale(ParameterFactory make, long width) : base(nameof(ChannelScale))
    {
        _factors = make.Exact(width);
        RegisterComponents();
    }

    /// <summary>Scales the last axis; the result is in full precision.</summary>
    public Tensor Apply(Tensor x) => x * _factors;
}
