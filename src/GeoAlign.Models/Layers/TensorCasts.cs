using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Conversion that leaves a tensor alone when it already has the type.</summary>
internal static class TensorCasts
{
    /// <summary>
    /// The tensor itself, or a converted one that belongs to the current dispose scope. Never dispose the result by hand.
    /// </summary>
    public static Tensor As(this Tensor tensor, ScalarType type) => tensor.dtype == type ? tensor : tensor.to(type);
}
