using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Tokens to velocities: modulated norm, a linear map to the 64 numbers of a patch, and back to the latent grid.</summary>
/// <remarks>
/// Wan2.1 <c>Head</c>: modulated by the time embedding itself, not by its projection. In a patch the channel runs fastest.
/// </remarks>
internal sealed class WanHead : nn.Module
{
    private const int Patch = 2;

    private readonly long[] _width;
    private readonly double _epsilon;
    [ComponentName(Name = "modulation")] private readonly Parameter _modulation;
    [ComponentName(Name = "head")] private readonly Projection _projection;

    public WanHead(ParameterFactory make, WanConfig config) : base(nameof(WanHead))
    {
        (_width, _epsilon) = ([config.Width], config.Epsilon);
        _modulation = make.Exact(1, 2, config.Width);
        _projection = Projection.Exact(make, config.Width, config.Latents.NumbersPerToken);
        RegisterComponents();
    }

    /// <summary>Residual stream of the target, <c>[batch, S, D]</c>, to velocities <c>[batch, 16, F, H, W]</c>.</summary>
    public Tensor Apply(Tensor x, Tensor timeEmbedding, LatentShape shape, Action<string, Tensor>? probe)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] m = (_modulation + timeEmbedding.unsqueeze(1)).chunk(2, dim: 1);
        Tensor patches = _projection.Apply(nn.functional.layer_norm(x, _width, eps: _epsilon) * (m[1] + 1.0) + m[0]);
        probe?.Invoke("head_out", patches);
        (long rows, long columns) = (shape.Height / Patch, shape.Width / Patch);
        return patches.view(-1, shape.Frames, rows, columns, Patch, Patch, shape.Layout.Channels)
            .permute(0, 6, 1, 2, 4, 3, 5)
            .reshape(-1, shape.Layout.Channels, shape.Frames, shape.Height, shape.Width)
            .MoveToOuterDisposeScope();
    }
}
