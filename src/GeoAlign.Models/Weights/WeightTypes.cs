namespace GeoAlign.Models;

/// <summary>Facts about element types: their size and their code in a safetensors header.</summary>
public static class WeightTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int SizeInBytes(this WeightType type) => type switch
    {
        WeightType.F64 or WeightType.I64 => 8,
        WeightType.F32 or WeightType.I32 => 4,
        WeightType.F16 or WeightType.BF16 or WeightType.I16 => 2,
        WeightType.I8 or WeightType.U8 or WeightType.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };

    /// <summary>Whether the type holds real numbers.</summary>
    public static bool IsFloatingPoint(this WeightType type) =>
        type is WeightType.F64 or WeightType.F32 or WeightType.F16 or WeightType.BF16;

    internal static string SafetensorsCode(this WeightType type) => type == WeightType.Bool ? "BOOL" : type.ToString();

    internal static bool TryParseSafetensorsCode(string code, out WeightType type)
    {
        foreach (WeightType candidate in Enum.GetValues<WeightType>())
        {
            if (candidate.SafetensorsCode() == code)
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }
}
