using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>A convolution of the dense head, in full precision.</summary>
internal sealed class DenseConvolution : nn.Module
{
    private readonly long _stride, _padding;
    private readonly bool _enlarges;
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter? _bias;

    private DenseConvolution(Parameter weight, Parameter? bias, long stride, long padding, bool enlarges) : base(nameof(DenseConvolution))
    {
        (_weight, _bias, _stride, _padding, _enlarges) = (weight, bias, stride, padding, enlarges);
        RegisterComponents();
    }

    /// <summary>1×1.</summary>
    public static DenseConvolution Pointwise(ParameterFactory make, long inputs, long outputs) =>
        new(make.Exact(outputs, inputs, 1, 1), make.Exact(outputs), 1, 0, enlarges: false);

    /// <summary>3×3 with zero padding 1; a stride of 2 halves the size, rounded up.</summary>
    public static DenseConvolution Square(ParameterFactory make, long inputs, long outputs, bool bias = true, long stride = 1) =>
        new(make.Exact(outputs, inputs, 3, 3), bias ? make.Exact(outputs) : null, stride, 1, enlarges: false);

    /// <summary>A transposed convolution whose kernel equals its stride: each pixel becomes factor × factor.</summary>
    public static DenseConvolution Enlarging(ParameterFactory make, long channels, long factor) =>
        new(make.Exact(channels, channels, factor, factor), make.Exact(channels), factor, 0, enlarges: true);

    /// <summary>Applies the layer to <c>[images, channels, rows, columns]</c>.</summary>
    public Tensor Apply(Tensor x) => _enlarges
        ? nn.functional.conv_transpose2d(x, _weight, bias: _bias, strides: [_stride, _stride])
        : nn.functional.conv2d(x, _weight, bias: _bias, strides: [_stride, _stride], padding: [_padding, _padding]);
}
