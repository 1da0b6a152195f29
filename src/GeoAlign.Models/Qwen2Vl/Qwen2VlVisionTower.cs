using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>The vision transformer of Qwen2-VL: patches of a video or an image to tokens of the decoder.</summary>
internal sealed class Qwen2VlVisionTower : nn.Module
{
    private readonly Qwen2VlConfig _config;
    private readonly NumberFormats _formats;
    [ComponentName(Name = "patch_embed")] private readonly Qwen2VlPatchEmbedding _patches;
    [ComponentName(Name = "blocks")] private readonly ModuleList<Qwen2VlVisionBlock> _blocks;
    [ComponentName(Name = "merger")] private readonly Qwen2VlMerger _merger;

    public Qwen2VlVisionTower(ParameterFactory make, Qwen2VlConfig config) : base(nameof(Qwen2VlVisionTower))
    {
        (_config, _formats) = (config, make.Formats);
        _patches = new Qwen2VlPatchEmbedding(make, config);
        _blocks = nn.ModuleList([.. Enumerable.Range(0, config.VisionLayers).Select(_ => new Qwen2VlVisionBlock(make, config))]);
        _merger = new Qwen2VlMerger(make, config);
        RegisterComponents();
    }

    /// <summary>One video or image to <c>[tokens, width]</c>, in raster order of the blocks, frame pair after frame pair.</summary>
    public Tensor Apply(Qwen2VlPatches patches, Device device, Action<string, Tensor>? probe)
    {
        using DisposeScope scope = NewDisposeScope();
        double[] angles = Qwen2VlVisionPositions.Angles(Qwen2VlVisionPositions.Of(patches), _config.VisionHeadWidth);
        HalfRotation position = HalfRotation.Of(
            angles, [patches.PatchCount, 1, _config.VisionHeadWidth / 2], _formats.Exact, device);
        Tensor pixels = HostTensors.From(
            patches.Values.Span, [patches.PatchCount, Qwen2VlPatches.PatchLength], _formats.Compute, device);
        Tensor x = _patches.Apply(pixels).As(_formats.Exact);
        probe?.Invoke("patch_embed", x);
        for (int i = 0; i < _blocks.Count; i++)
        {
            Tensor next = _blocks[i].Apply(x, position, patches.GridFrames);
            if (i > 0) x.Dispose();
            x = next;
            probe?.Invoke($"block{i}", x);
        }

        Tensor merged = _merger.Apply(x);
        probe?.Invoke("merged", merged);
        return merged.MoveToOuterDisposeScope();
    }
}
