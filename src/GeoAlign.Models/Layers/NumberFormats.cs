using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Which element types a network computes in.</summary>
/// <param name="Compute">Matrix products, attention and convolutions: float32, bfloat16, or float64 for checking gradients.</param>
internal readonly record struct NumberFormats(ScalarType Compute)
{
    /// <summary>Normalisation, softmax tables, time path, residual stream and trained weights: never below float32.</summary>
    public ScalarType Exact => Compute == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;

    /// <summary>Refuses types a network cannot compute in.</summary>
    public NumberFormats Validated() => Compute is ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16
        ? this
        : throw new NotSupportedException($"A network cannot compute in {Compute}; use Float32, BFloat16 or Float64.");
}
