using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Six vectors for the modulation of all blocks: Lin(SiLU(e)), reshaped to <c>[count, 6, D]</c>.</summary>
internal sealed class TimeProjection : nn.Module
{
    private readonly long _width;
    [ComponentName(Name = "1")] private readonly Projection _projection;

    public TimeProjection(ParameterFactory make, WanConfig config) : base(nameof(TimeProjection))
    {
        _width = config.Width;
        _projection = Projection.Exact(make, _width, 6 * _width);
        RegisterComponents();
    }

    /// <summary>From the time embedding <c>[count, D]</c>.</summary>
    public Tensor Apply(Tensor embedding) => _projection.Apply(embedding.silu()).view(-1, 6, _width);
}
