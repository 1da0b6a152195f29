using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Convolution over 2 spatial dimensions, input [batch, channels, rows, columns].</summary>
public sealed class Conv2d : Convolution
{
    internal Conv2d(ConvolutionGeometry geometry, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(Conv2d), geometry, false, bias, device, dtype)
    {
    }

    public override Tensor forward(Tensor input)
    {
        if (Geometry.PadsWithZeros) return nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
        using Tensor padded = Padded(input);
        return nn.functional.conv2d(padded, weight, bias, stride, Geometry.NoPadding, dilation, groups);
    }
}
