using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>The vision transformer of CLIP up to the features that enter its last block. No norm follows, and no head.</summary>
internal sealed class ClipVisualTower : nn.Module
{
    private readonly NumberFormats _formats;
    [ComponentName(Name = "cls_embedding")] private readonly Parameter _imageToken;
    [ComponentName(Name = "pos_embedding")] private readonly Parameter _positions;
    [ComponentName(Name = "patch_embedding")] private readonly ClipPatchEmbedding _patches;
    [ComponentName(Name = "pre_norm")] private readonly AffineLayerNorm _inputNorm;
    [ComponentName(Name = "transformer")] private readonly ModuleList<ClipBlock> _blocks;

    public ClipVisualTower(ParameterFactory make, ClipConfig config) : base(nameof(ClipVisualTower))
    {
        _formats = make.Formats;
        (_imageToken, _positions) = (make.Exact(1, 1, config.Width), make.Exact(1, config.Tokens, config.Width));
        _patches = new ClipPatchEmbedding(make, config);
        _inputNorm = new AffineLayerNorm(make, config.Width, config.Epsilon);
        _blocks = nn.ModuleList([.. Enumerable.Range(0, config.Layers - 1).Select(_ => new ClipBlock(make, config))]);
        RegisterComponents();
    }

    /// <summary>Normalised pixels <c>[1, 3, rows, columns]</c> to <c>[1, tokens, width]</c> in full precision.</summary>
    public Tensor Apply(Tensor pixels, Action<string, Tensor>? probe)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor patches = _patches.Apply(pixels.As(_formats.Compute));
        Tensor x = _inputNorm.Apply(cat([_imageToken, patches.As(_formats.Exact)], dim: 1) + _positions);
        probe?.Invoke("patch", patches);
        probe?.Invoke("pre_norm", x);
        for (int i = 0; i < _blocks.Count; i++)
        {
            Tensor next = _blocks[i].Apply(x);
            x.Dispose();
            x = next;
            probe?.Invoke($"layer{i}", x);
        }

        return x.MoveToOuterDisposeScope();
    }
}
