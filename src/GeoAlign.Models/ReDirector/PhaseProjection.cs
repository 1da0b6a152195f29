using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Camera phases of RoCE: one angle per token, head and spatial pair, linear in SiLU(camera token), without bias.</summary>
internal sealed class PhaseProjection : nn.Module
{
    private readonly WanConfig _config;
    private readonly ScalarType _exact;
    [ComponentName(Name = "1")] private readonly Projection _projection;

    public PhaseProjection(ParameterFactory make, WanConfig config) : base(nameof(PhaseProjection))
    {
        (_config, _exact) = (config, make.Formats.Exact);
        _projection = Projection.Exact(make, config.Width, config.Heads * config.PhasePairs, bias: false);
        RegisterComponents();
    }

    /// <summary>Phases in radians, <c>[1, tokens, heads·P]</c>.</summary>
    public Tensor Apply(Tensor activatedCamera) => _projection.Apply(activatedCamera).As(_exact);

    /// <summary>The rotation by these phases; the frame pairs, which come first, are not turned.</summary>
    public PairRotation Rotation(Tensor phases)
    {
        using DisposeScope scope = NewDisposeScope();
        PairRotation rotation = PairRotation.By(nn.functional.pad(phases.unflatten(-1, _config.Heads, _config.PhasePairs), [_config.FramePairs, 0L]));
        return new PairRotation(rotation.Turn.MoveToOuterDisposeScope());
    }
}
