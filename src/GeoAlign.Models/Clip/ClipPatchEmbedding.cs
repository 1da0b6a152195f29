using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Joins the pixels of a patch to a token. A convolution whose kernel equals its stride is a matrix product over patches.</summary>
internal sealed class ClipPatchEmbedding : nn.Module
{
    private const int Colours = 3;

    private readonly int _patch;
    [ComponentName(Name = "weight")] private readonly Parameter _weight;

    public ClipPatchEmbedding(ParameterFactory make, ClipConfig config) : base(nameof(ClipPatchEmbedding))
    {
        (_patch, _weight) = (config.PatchPixels, make.Frozen(config.Width, Colours, config.PatchPixels, config.PatchPixels));
        RegisterComponents();
    }

    /// <summary><c>[batch, 3, rows, columns]</c> to <c>[batch, patches, width]</c>, patches by rows.</summary>
    public Tensor Apply(Tensor pixels)
    {
        long[] size = pixels.shape;
        (long rows, long columns) = (size[2] / _patch, size[3] / _patch);
        Tensor patches = pixels.view(size[0], Colours, rows, _patch, columns, _patch)
            .permute(0, 2, 4, 1, 3, 5)
            .reshape(size[0], rows * columns, Colours * _patch * _patch);
        return nn.functional.linear(patches, _weight.flatten(1));
    }
}
