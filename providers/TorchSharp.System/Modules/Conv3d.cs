using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Convolution over 3 spatial dimensions, input [batch, channels, frames, rows, columns].</summary>
public sealed class Conv3d : Convolution
{
    internal Conv3d(ConvolutionGeometry geometry, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(Conv3d), geometry, false, bias, device, dtype)
    {
    }

    public override Tensor forward(Tensor input)
    {
        if (Geometry.PadsWithZeros) return nn.functional.conv3d(input, weight, bias, stride, padding, dilation, groups);
        using Tensor padded = Padded(input);
        return nn.functional.conv3d(padded, weight, bias, stride, Geometry.NoPadding, dilation, groups);
    }
}
