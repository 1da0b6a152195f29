using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Patches to tokens of the vision tower. A convolution whose kernel is the whole patch is a matrix product.</summary>
internal sealed class Qwen2VlPatchEmbedding : nn.Module
{
    private const int Colours = 3, Frames = 2, Side = 14;

    [ComponentName(Name = "proj")] private readonly Kernel _kernel;

    public Qwen2VlPatchEmbedding(ParameterFactory make, Qwen2VlConfig config) : base(nameof(Qwen2VlPatchEmbedding))
    {
        _kernel = new Kernel(make.Frozen(config.VisionWidth, Colours, Frames, Side, Side));
        RegisterComponents();
    }

    /// <summary><c>[patches, 1176]</c> to <c>[patches, width]</c>.</summary>
    public Tensor Apply(Tensor patches) => nn.functional.linear(patches, _kernel.Weight.flatten(1));

    private sealed class Kernel : nn.Module
    {
        [ComponentName(Name = "weight")] private readonly Parameter _weight;

        public Kernel(Parameter weight) : base(nameof(Kernel))
        {
            _weight = weight;
            RegisterComponents();
        }

        public Parameter Weight => _weight;
    }
}
