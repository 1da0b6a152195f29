namespace GeoAlign.Models;

/// <summary>Rounding of float32 numbers to the nearest bfloat16, ties to even.</summary>
internal static class BFloat16Rounding
{
    /// <summary>The nearest float whose lower 16 bits are zero.</summary>
    public static float Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000);
    }
}
