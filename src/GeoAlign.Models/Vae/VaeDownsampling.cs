using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Halves rows and columns, and on request the frames after the clip's first.</summary>
/// <remarks>
/// Wan2.1 <c>Resample</c>, downsample2d and downsample3d. Zeros are added at the right and at the bottom only. Time: y₀ = x₀ and
/// y_j = conv(x_{2j−2}, x_{2j−1}, x_{2j}); the first chunk is the single frame x₀, which passes unchanged.
/// </remarks>
internal sealed class VaeDownsampling : VaeLayer
{
    [ComponentName(Name = "resample")] private readonly SpatialStep _resample;
    [ComponentName(Name = "time_conv")] private readonly TimeStep? _time;

    public VaeDownsampling(ParameterFactory make, long channels, bool halvesTime) : base(nameof(VaeDownsampling))
    {
        _resample = new SpatialStep(make, channels);
        _time = halvesTime ? new TimeStep(make, channels) : null;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, ChunkHistory history)
    {
        Tensor smaller = _resample.Apply(x);
        x.Dispose();
        return _time is null ? smaller : _time.Apply(smaller, history);
    }

    private sealed class SpatialStep : nn.Module
    {
        [ComponentName(Name = "1")] private readonly FrameConvolution _convolution;

        public SpatialStep(ParameterFactory make, long channels) : base(nameof(SpatialStep))
        {
            _convolution = new FrameConvolution(make, channels, channels);
            RegisterComponents();
        }

        public Tensor Apply(Tensor x) => FrameConvolution.EachFrame(
            x, frame => _convolution.Apply(nn.functional.pad(frame, [0L, 1, 0, 1]), stride: 2, padding: 0));
    }

    private sealed class TimeStep : VaeLayer
    {
        [ComponentName(Name = "weight")] private readonly Parameter _weight;
        [ComponentName(Name = "bias")] private readonly Parameter _bias;

        public TimeStep(ParameterFactory make, long channels) : base(nameof(TimeStep))
        {
            (_weight, _bias) = (make.Frozen(channels, channels, 3, 1, 1), make.Frozen(channels));
            RegisterComponents();
        }

        public override Tensor Apply(Tensor x, ChunkHistory history)
        {
            if (history.FramesOf(this) is not Tensor before)
            {
                history.Remember(this, x, most: 1);
                return x;
            }

            using Tensor frames = cat([before, x], dim: 2);
            history.Remember(this, x, most: 1);
            x.Dispose();
            return nn.functional.conv3d(frames, _weight, bias: _bias, strides: [2, 1, 1]);
        }
    }
}
