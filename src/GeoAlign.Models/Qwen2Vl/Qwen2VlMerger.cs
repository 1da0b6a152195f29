using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Joins the four patches of a 2×2 block to one token of the decoder: LN of each, then Lin(GELU(Lin)) of all four.</summary>
internal sealed class Qwen2VlMerger : nn.Module
{
    private readonly ScalarType _compute;
    [ComponentName(Name = "ln_q")] private readonly AffineLayerNorm _norm;
    [ComponentName(Name = "mlp")] private readonly FeedForward _layers;

    public Qwen2VlMerger(ParameterFactory make, Qwen2VlConfig config) : base(nameof(Qwen2VlMerger))
    {
        long joined = Qwen2VlConfig.MergedPatches * config.VisionWidth;
        _compute = make.Formats.Compute;
        _norm = new AffineLayerNorm(make, config.VisionWidth, config.Epsilon);
        _layers = new FeedForward(make, joined, joined, config.Width, GELU.Approximate.none);
        RegisterComponents();
    }

    /// <summary><c>[patches, vision width]</c>, blocks together, to <c>[patches/4, width]</c>.</summary>
    public Tensor Apply(Tensor x) =>
        _layers.Apply(_norm.Apply(x).As(_compute).reshape(-1, Qwen2VlConfig.MergedPatches * x.shape[1]));
}
