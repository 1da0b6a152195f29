using System.Buffers.Binary;
using System.IO.Compression;

namespace GeoAlign.Reporting;

/// <summary>Writes PNG pictures: eight bits per channel, red, green, blue (PNG specification, third edition).</summary>
internal static class PngPicture
{
    private const int Channels = 3;
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => CrcOfByte((uint)n))];

    /// <summary>Encodes a picture; every row takes the filter with the smallest sum of absolute differences.</summary>
    /// <param name="rgb24">Height × width × 3 bytes, rows from the top.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    public static byte[] Encode(ReadOnlySpan<byte> rgb24, int width, int height)
    {
        if (rgb24.Length != Channels * width * height) throw new ArgumentException($"{rgb24.Length} bytes for {width} × {height} pixels, expected {Channels * width * height}.", nameof(rgb24));

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);                                      // bits per channel; colour type: truecolour

        using MemoryStream png = new();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Compressed(rgb24, width, height));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Compressed(ReadOnlySpan<byte> rgb24, int width, int height)
    {
        int stride = Channels * width;
        byte[] above = new byte[stride], best = new byte[stride + 1], candidate = new byte[stride + 1];
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<byte> row = rgb24.Slice(y * stride, stride);
                long bestSum = long.MaxValue;
                for (byte filter = 0; filter <= 4; filter++)
                {
                    long sum = Filter(filter, row, above, candidate);
                    if (sum >= bestSum) continue;
                    bestSum = sum;
                    (best, candidate) = (candidate, best);
                }

                zlib.Write(best);
                row.CopyTo(above);
            }
        }

        return compressed.ToArray();
    }

    // Section 9.2 of the specification: None, Sub, Up, Average, Paeth. The sum is the heuristic of section 12.7.
    private static long Filter(byte filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> filtered)
    {
        filtered[0] = filter;
        long sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < Channels ? 0 : row[i - Channels], up = above[i], corner = i < Channels ? 0 : above[i - Channels];
            int predicted = filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) };
            byte difference = (byte)(row[i] - predicted);
            filtered[i + 1] = difference;
            sum += Math.Abs((sbyte)difference == sbyte.MinValue ? 128 : (int)(sbyte)difference);
        }

        return sum;
    }

    private static int Paeth(int left, int up, int corner)
    {
        int estimate = left + up - corner;
        int toLeft = Math.Abs(estimate - left), toUp = Math.Abs(estimate - up), toCorner = Math.Abs(estimate - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(0xFFFFFFFF, type), data));
        png.Write(number);
    }

    // CRC-32 of ISO 3309, reflected polynomial 0xEDB88320, as annex D of the specification asks.
    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes) crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        return crc;
    }

    private static uint CrcOfByte(uint crc)
    {
        for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        return crc;
    }
}
