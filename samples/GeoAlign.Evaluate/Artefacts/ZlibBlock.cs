using System.IO.Compression;

namespace GeoAlign.Evaluate;

/// <summary>zlib data whose unpacked length is known.</summary>
internal static class ZlibBlock
{
    /// <summary>Unpacks exactly as many bytes as there is room for.</summary>
    /// <exception cref="InvalidDataException">The data are damaged, or hold fewer or more bytes.</exception>
    public static void Inflate(ArraySegment<byte> packed, Span<byte> bytes, string name)
    {
        try
        {
            using ZLibStream zlib = new(new MemoryStream(packed.Array!, packed.Offset, packed.Count, writable: false), CompressionMode.Decompress);
            int read = zlib.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read < bytes.Length || zlib.ReadByte() >= 0) throw new InvalidDataException($"{(read < bytes.Length ? $"{read}" : "more")} bytes, expected {bytes.Length}.");
        }
        catch (InvalidDataException broken)
        {
            throw new InvalidDataException($"{name}: damaged zlib data ({broken.Message})", broken);
        }
    }
}
