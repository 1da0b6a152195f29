using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Patches of pixels to tokens: a convolution whose kernel equals its stride is a matrix product over patches.</summary>
internal sealed class PatchProjection : nn.Module
{
    private const int Colours = 3;

    [ComponentName(Name = "proj")] private readonly Kernel _kernel;

    public PatchProjection(ParameterFactory make, int width, int patchPixels) : base(nameof(PatchProjection))
    {
        _kernel = new Kernel(make, width, patchPixels);
        RegisterComponents();
    }

    /// <summary><c>[views, 3, rows, columns]</c> to <c>[views, patches, width]</c>, patches by rows.</summary>
    public Tensor Apply(Tensor pixels) => _kernel.Apply(pixels);

    private sealed class Kernel : nn.Module
    {
        private readonly int _patch;
        [ComponentName(Name = "weight")] private readonly Parameter _weight;
        [ComponentName(Name = "bias")] private readonly Parameter _bias;

        public Kernel(ParameterFactory make, int width, int patch) : base(nameof(Kernel))
        {
            (_patch, _weight, _bias) = (patch, make.Frozen(width, Colours, patch, patch), make.Frozen(width));
            RegisterComponents();
        }

        public Tensor Apply(Tensor pixels)
        {
            using DisposeScope scope = NewDisposeScope();
            long[] size = pixels.shape;
            (long rows, long columns) = (size[2] / _patch, size[3] / _patch);
            Tensor patches = pixels.view(size[0], Colours, rows, _patch, columns, _patch)
                .permute(0, 2, 4, 1, 3, 5)
                .reshape(size[0], rows * columns, Colours * _patch * _patch);
            return nn.functional.linear(patches, _weight.flatten(1), _bias).MoveToOuterDisposeScope();
        }
    }
}
