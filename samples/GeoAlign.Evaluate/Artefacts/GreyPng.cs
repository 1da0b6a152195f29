using System.Buffers.Binary;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>Reads PNG pictures of 8 bits of grey (PNG specification, third edition), the masks of ViPE: their small numbers are kept exactly.</summary>
internal static class GreyPng
{
    private const int LargestSide = 1 << 15, MostPixels = 1 << 26;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads a picture.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">Stands for the file in error messages.</param>
    /// <exception cref="InvalidDataException">The bytes are no such picture, or damaged.</exception>
    public static PixelMap Read(byte[] bytes, string name)
    {
        ByteReader reader = new(bytes, name);
        if (!bytes.AsSpan().StartsWith(Signature)) throw reader.Broken("no PNG picture");
        reader.Take(Signature.Length, "the signature");
        if (!TakeChunk(ref reader, bytes, out ReadOnlySpan<byte> header).SequenceEqual("IHDR"u8) || header.Length != 13) throw reader.Broken("no IHDR chunk of 13 bytes");
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        if (width is < 1 or > LargestSide || height is < 1 or > LargestSide || (long)width * height > MostPixels) throw reader.Broken($"{width} × {height} pixels, expected from 1 × 1 to {MostPixels} in all");
        if (!header[8..].SequenceEqual<byte>([8, 0, 0, 0, 0]))
            throw reader.Broken($"{header[8]} bits, colour type {header[9]}, interlacing {header[12]}; expected 8 bits of grey without interlacing");

        using MemoryStream packed = new();
        while (true)
        {
            ReadOnlySpan<byte> type = TakeChunk(ref reader, bytes, out ReadOnlySpan<byte> data);
            if (type.SequenceEqual("IDAT"u8)) packed.Write(data);
            else if (type.SequenceEqual("IEND"u8)) break;
        }

        long announced = (width + 1L) * height;
        if (announced > 1032 * packed.Length + 1032) throw reader.Broken($"{width} × {height} pixels announced in {packed.Length} packed bytes");
        byte[] rows = new byte[announced];
        ZlibBlock.Inflate(new(packed.GetBuffer(), 0, (int)packed.Length), rows, name);
        return new(Unfiltered(rows, width, height, name), width, height);
    }

    private static ReadOnlySpan<byte> TakeChunk(ref ByteReader reader, byte[] bytes, out ReadOnlySpan<byte> data)
    {
        int length = BinaryPrimitives.ReadInt32BigEndian(reader.Take(4, "the length of a chunk"));
        int start = reader.Position;
        ReadOnlySpan<byte> type = reader.Take(4, "the type of a chunk");
        data = reader.Take(length, "a chunk");
        uint sum = Crc32.Of(bytes.AsSpan(start, 4 + length));
        return BinaryPrimitives.ReadUInt32BigEndian(reader.Take(4, "a check sum")) == sum ? type : throw reader.Broken("wrong check sum, expected an undamaged file");
    }

    // Section 9.2 of the specification: None, Sub, Up, Average, Paeth.
    private static float[] Unfiltered(byte[] rows, int width, int height, string name)
    {
        float[] values = new float[width * height];
        byte[] above = new byte[width];
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = rows.AsSpan(y * (width + 1) + 1, width);
            byte filter = rows[y * (width + 1)];
            if (filter > 4) throw new InvalidDataException($"{name}: row {y} has filter {filter}, expected 0 to 4.");
            byte left = 0, aboveLeft = 0;
            for (int x = 0; x < width; x++)
            {
                byte up = above[x];
                row[x] += filter switch { 1 => left, 2 => up, 3 => (byte)((left + up) / 2), 4 => Paeth(left, up, aboveLeft), _ => 0 };
                (left, aboveLeft) = (row[x], up);
                values[y * width + x] = row[x];
            }

            row.CopyTo(above);
        }

        return values;
    }

    private static byte Paeth(byte left, byte up, byte aboveLeft)
    {
        int estimate = left + up - aboveLeft, a = Math.Abs(estimate - left), b = Math.Abs(estimate - up), c = Math.Abs(estimate - aboveLeft);
        return a <= b && a <= c ? left : b <= c ? up : aboveLeft;
    }
}
