using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Transposed convolution over 3 spatial dimensions, as a gradient of <see cref="Conv3d"/>.</summary>
public sealed class ConvTranspose3d : Convolution
{
    private readonly long[] _outputPadding;

    internal ConvTranspose3d(ConvolutionGeometry geometry, long[] outputPadding, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(ConvTranspose3d), geometry, true, bias, device, dtype)
    {
        if (!geometry.PadsWithZeros) throw new ArgumentException("A transposed convolution can only pad with zeros.");
        _outputPadding = outputPadding;
    }

    public override Tensor forward(Tensor input) =>
        nn.functional.conv_transpose3d(input, weight, bias, stride, padding, _outputPadding, dilation, groups);
}
