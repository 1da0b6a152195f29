using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What all convolutions share: weight, bias and geometry, one number per spatial dimension.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    internal Convolution(string name, ConvolutionGeometry geometry, bool transposed, bool bias, Device? device, ScalarType? dtype)
        : base(name)
    {
        Geometry = geometry;
        long[] shape = transposed
            ? [geometry.InChannels, geometry.OutChannels / geometry.Groups, .. geometry.KernelSize]
            : [geometry.OutChannels, geometry.InChannels / geometry.Groups, .. geometry.KernelSize];
        long fanIn = shape[1];
        foreach (long size in geometry.KernelSize) fanIn *= size;
        double bound = 1 / Math.Sqrt(fanIn);
        register_parameter(nameof(weight), new Parameter(empty(shape, dtype, device).uniform_(-bound, bound)));
        if (bias) register_parameter(nameof(bias), new Parameter(empty(geometry.OutChannels, dtype, device).uniform_(-bound, bound)));
    }

    public Parameter weight
    {
        get => get_parameter(nameof(weight))!;
        set => ConditionallyRegisterParameter(nameof(weight), value);
    }

    public Parameter? bias
    {
        get => get_parameter(nameof(bias));
        set => ConditionallyRegisterParameter(nameof(bias), value);
    }

    public long in_channels => Geometry.InChannels;

    public long out_channels => Geometry.OutChannels;

    public long[] kernel_size => Geometry.KernelSize;

    public long[] stride => Geometry.Stride;

    public long[] padding => Geometry.Padding;

    public long[] dilation => Geometry.Dilation;

    public long groups => Geometry.Groups;

    internal ConvolutionGeometry Geometry { get; }

    /// <summary>Pads by hand where the border is not zeros; libtorch's convolutions know only zeros.</summary>
    private protected Tensor Padded(Tensor input) => nn.functional.pad(input, Geometry.BothSides(), Geometry.PaddingMode);
}
