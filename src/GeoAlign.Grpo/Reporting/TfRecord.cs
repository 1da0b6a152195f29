using System.Buffers.Binary;
using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>
/// The framing of TensorFlow's record files: <c>uint64 length, uint32 masked CRC of the length, data, uint32 masked CRC of the data</c>, all little-endian.
/// Source: TensorFlow's guide "TFRecord and tf.train.Example".
/// </summary>
internal static class TfRecord
{
    /// <summary>One record around the data.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> data)
    {
        byte[] record = new byte[data.Length + 16];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Masked(Crc32C(record.AsSpan(0, 8))));
        data.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), Masked(Crc32C(data)));
        return record;
    }

    /// <summary>CRC-32C: Castagnoli's polynomial, reflected, starting from all ones and inverted at the end (RFC 3720, B.4).</summary>
    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    /// <summary>The checksum as it is stored: <c>((crc ≫ 15) | (crc ≪ 17)) + 0xa282ead8</c>, modulo 2³².</summary>
    public static uint Masked(uint crc) => unchecked(BitOperations.RotateRight(crc, 15) + 0xa282ead8u);
}
