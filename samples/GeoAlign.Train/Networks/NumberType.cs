using static TorchSharp.torch;

namespace GeoAlign.Train;

/// <summary>Type of the frozen networks' weights and products. Norms and trained weights stay in float32.</summary>
internal enum NumberType
{
    /// <summary>float32.</summary>
    Fp32,

    /// <summary>bfloat16, as in the released pipelines.</summary>
    Bf16,
}

internal static class NumberTypes
{
    public static ScalarType ToTorch(this NumberType type) => type == NumberType.Bf16 ? ScalarType.BFloat16 : ScalarType.Float32;
}
