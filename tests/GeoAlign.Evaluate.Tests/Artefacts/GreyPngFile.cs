using System.Buffers.Binary;
using System.IO.Compression;

namespace GeoAlign.Evaluate.Tests.Artefacts;

/// <summary>Writes PNG pictures of 8 bits of grey, and other kinds that are to be refused.</summary>
internal static class GreyPngFile
{
    public static byte[] Of(int width, int height, Func<int, int, byte> value, byte bits = 8, byte colourType = 0, byte interlacing = 0)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                for (int x = 0; x < width; x++) zlib.WriteByte(value(x, y));
            }
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (bits, colourType, interlacing);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] length = new byte[4], sum = new byte[4], body = [.. type, .. data];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Geometry.Crc32.Of(body));
        return [.. length, .. body, .. sum];
    }
}
