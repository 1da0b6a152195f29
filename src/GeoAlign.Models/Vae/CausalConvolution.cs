using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// A convolution over three frames, the present one and the two before it, with zeros before the clip's first frame and around it.
/// </summary>
/// <remarks>
/// Wan2.1 <c>CausalConv3d</c>. The frames before a chunk come from the history, so a chunked clip gives what the whole clip gives.
/// </remarks>
internal sealed class CausalConvolution : VaeLayer
{
    private const long FramesBefore = 2;

    private readonly long[] _padding;
    [ComponentName(Name = "weight")] private readonly Parameter _weight;
    [ComponentName(Name = "bias")] private readonly Parameter _bias;

    /// <summary>A kernel of 3 frames × <paramref name="side"/> × <paramref name="side"/> pixels.</summary>
    public CausalConvolution(ParameterFactory make, long inputs, long outputs, long side = 3) : base(nameof(CausalConvolution))
    {
        _padding = [0, side / 2, side / 2];
        (_weight, _bias) = (make.Frozen(outputs, inputs, FramesBefore + 1, side, side), make.Frozen(outputs));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, ChunkHistory history)
    {
        using Tensor frames = WithFramesBefore(x, history.FramesOf(this));
        // Zeros before the clip must stay out of the history: the next chunk makes its own.
        long seen = Math.Min(FramesBefore, (history.FramesOf(this)?.shape[2] ?? 0) + x.shape[2]);
        history.Remember(this, frames, seen);
        x.Dispose();
        return nn.functional.conv3d(frames, _weight, bias: _bias, padding: _padding);
    }

    private static Tensor WithFramesBefore(Tensor x, Tensor? before)
    {
        long[] size = x.shape;
        long missing = FramesBefore - (before?.shape[2] ?? 0);
        if (missing == 0) return cat([before!, x], dim: 2);
        using Tensor none = zeros([size[0], size[1], missing, size[3], size[4]], dtype: x.dtype, device: x.device);
        return before is null ? cat([none, x], dim: 2) : cat([none, before, x], dim: 2);
    }
}
