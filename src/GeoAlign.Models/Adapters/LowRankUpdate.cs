using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>(α/r)·B·A, added to a weight: A is <c>[r, in]</c>, B <c>[out, r]</c>. Hu et al. 2022, "LoRA", eq. 3.</summary>
internal sealed class LowRankUpdate(Parameter down, Parameter up, double scale)
{
    /// <summary>A.</summary>
    public Parameter Down { get; } = down;

    /// <summary>B.</summary>
    public Parameter Up { get; } = up;

    /// <summary>What the update adds to the layer's output.</summary>
    public Tensor Apply(Tensor x) => nn.functional.linear(nn.functional.linear(x, Down.As(x.dtype)), Up.As(x.dtype)) * scale;

    /// <summary>What the update adds to the layer's weight.</summary>
    public Tensor Product() => Up.matmul(Down) * scale;
}
