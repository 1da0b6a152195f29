using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>A 3×3 convolution of single frames.</summary>
internal sealed class FrameConvolution : nn.Module
{
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter _bias;

    public FrameConvolution(ParameterFactory make, long inputs, long outputs) : base(nameof(FrameConvolution))
    {
        (_weight, _bias) = (make.Frozen(outputs, inputs, 3, 3), make.Frozen(outputs));
        RegisterComponents();
    }

    /// <summary>Applies the layer to <c>[1, C, H, W]</c>.</summary>
    public Tensor Apply(Tensor frame, long stride, long padding) =>
        nn.functional.conv2d(frame, _weight, bias: _bias, strides: [stride, stride], padding: [padding, padding]);

    /// <summary>Maps the frames of <c>[1, C, T, H, W]</c> one after the other, so only one frame's intermediates are in memory.</summary>
    public static Tensor EachFrame(Tensor x, Func<Tensor, Tensor> map)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] frames = new Tensor[x.shape[2]];
        for (int t = 0; t < frames.Length; t++)
        {
            using DisposeScope frameScope = NewDisposeScope();
            frames[t] = map(x.select(2, t)).MoveToOuterDisposeScope();
        }

        return stack(frames, dim: 2).MoveToOuterDisposeScope();
    }
}
