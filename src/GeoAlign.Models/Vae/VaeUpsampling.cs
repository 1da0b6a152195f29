using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Doubles rows and columns while halving the channels, and on request doubles the frames after the clip's first.</summary>
/// <remarks>
/// Wan2.1 <c>Resample</c>, upsample2d and upsample3d. Time: a causal convolution to twice the channels, whose first half is the even and
/// second half the odd frame. The clip's first frame passes unchanged and is not seen by the convolution later: its history starts empty
/// with the second chunk.
/// </remarks>
internal sealed class VaeUpsampling : VaeLayer
{
    [ComponentName(Name = "resample")] private readonly SpatialStep _resample;
    [ComponentName(Name = "time_conv")] private readonly CausalConvolution? _time;

    public VaeUpsampling(ParameterFactory make, long channels, bool doublesTime) : base(nameof(VaeUpsampling))
    {
        _resample = new SpatialStep(make, channels);
        _time = doublesTime ? new CausalConvolution(make, channels, 2 * channels, side: 1) : null;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, ChunkHistory history)
    {
        if (_time is not null && !history.Starts(this)) x = DoubleFrames(x, history);
        Tensor larger = _resample.Apply(x);
        x.Dispose();
        return larger;
    }

    private Tensor DoubleFrames(Tensor x, ChunkHistory history)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] size = x.shape;
        Tensor pairs = _time!.Apply(x, history).view(1, 2, size[1], size[2], size[3], size[4]);       // 1, even or odd, C, T, H, W
        return pairs.permute(0, 2, 3, 1, 4, 5).reshape(1, size[1], 2 * size[2], size[3], size[4]).MoveToOuterDisposeScope();
    }

    private sealed class SpatialStep : nn.Module
    {
        [ComponentName(Name = "1")] private readonly FrameConvolution _convolution;

        public SpatialStep(ParameterFactory make, long channels) : base(nameof(SpatialStep))
        {
            _convolution = new FrameConvolution(make, channels, channels / 2);
            RegisterComponents();
        }

        public Tensor Apply(Tensor x) => FrameConvolution.EachFrame(x, frame => _convolution.Apply(
            nn.functional.interpolate(frame, scale_factor: [2, 2], mode: InterpolationMode.Nearest), stride: 1, padding: 1));
    }
}
