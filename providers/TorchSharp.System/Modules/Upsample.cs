using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Interpolation to a size or by a factor.</summary>
public sealed class Upsample : nn.Module<Tensor, Tensor>
{
    private readonly long[]? _size;
    private readonly double[]? _scale;
    private readonly UpsampleMode _mode;
    private readonly bool? _alignCorners;
    private readonly bool _recompute;

    internal Upsample(long[]? size, double[]? scale, UpsampleMode mode, bool? alignCorners, bool recompute) : base(nameof(Upsample)) =>
        (_size, _scale, _mode, _alignCorners, _recompute) = (size, scale, mode, alignCorners, recompute);

    public override Tensor forward(Tensor input) =>
        nn.functional.interpolate(input, _size, _scale, (InterpolationMode)_mode, _alignCorners, _recompute);
}
