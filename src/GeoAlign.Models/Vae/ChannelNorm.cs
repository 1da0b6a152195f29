using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>y = γ · √C · x / max(‖x‖₂, 1e-12), the norm taken over the channels of each pixel of each frame.</summary>
/// <remarks>Wan2.1 <c>RMS_norm</c>. Statistics in full precision, result in the type of x.</remarks>
internal sealed class ChannelNorm : nn.Module
{
    private const double SmallestNorm = 1e-12;

    private readonly ScalarType _exact;
    private readonly double _scale;
    [ComponentName(Name = "gamma")] private readonly Parameter _gamma;

    private ChannelNorm(ParameterFactory make, long channels, Parameter gamma) : base(nameof(ChannelNorm))
    {
        (_exact, _scale, _gamma) = (make.Formats.Exact, Math.Sqrt(channels), gamma);
        RegisterComponents();
    }

    /// <summary>A norm whose weight is stored <c>[C, 1, 1, 1]</c>, as for video.</summary>
    public static ChannelNorm OfVideo(ParameterFactory make, long channels) => new(make, channels, make.Exact(channels, 1, 1, 1));

    /// <summary>A norm whose weight is stored <c>[C, 1, 1]</c>, as for pictures.</summary>
    public static ChannelNorm OfPictures(ParameterFactory make, long channels) => new(make, channels, make.Exact(channels, 1, 1));

    /// <summary>Normalises <c>[1, C, T, H, W]</c>; the result is a tensor of its own.</summary>
    public Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor exact = x.As(_exact), factor;
        using (Tensor squares = exact.square())
            factor = _scale / squares.sum([1L], keepdim: true).sqrt().clamp_min(SmallestNorm);
        Tensor normed = (exact * factor).As(x.dtype);
        normed.mul_(_gamma.view(-1, 1, 1, 1).As(x.dtype));
        return normed.MoveToOuterDisposeScope();
    }

    /// <summary>SiLU of the normalised tensor.</summary>
    public Tensor ApplySilu(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor normed = Apply(x);
        normed.silu_();
        return normed.MoveToOuterDisposeScope();
    }
}
