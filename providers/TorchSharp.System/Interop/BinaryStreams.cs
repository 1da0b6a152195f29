namespace TorchSharp.Utils;

/// <summary>Unsigned LEB128 numbers, as in TorchSharp's files.</summary>
internal static class BinaryStreams
{
    public static void WriteLeb128(this BinaryWriter writer, long value) => writer.Write7BitEncodedInt64(value);

    public static long ReadLeb128(this BinaryReader reader) => reader.Read7BitEncodedInt64();
}
