using System.Buffers.Binary;

namespace GeoAlign.Evaluate;

/// <summary>Reads one channel of a single-part scan-line OpenEXR file, half or float, not packed or packed by run lengths or zlib.</summary>
internal static class ExrPicture
{
    /// <summary>Reads a channel.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="channel">Its name.</param>
    /// <param name="name">Stands for the file in error messages.</param>
    /// <exception cref="InvalidDataException">The bytes are no such file, or end early.</exception>
    public static PixelMap Read(byte[] bytes, string channel, string name)
    {
        ByteReader reader = new(bytes, name);
        ExrHeader header = ExrHeader.Read(ref reader);
        (int start, bool isHalf) = Find(header, channel, name);
        int rowsPerBlock = ExrBlock.RowsOf(header.Compression) ?? throw new InvalidDataException($"{name}: packed as {header.Compression}, expected none, RLE, ZIPS or ZIP.");
        ThrowUnlessPossible(header, bytes.Length, name);

        int rowBytes = (int)header.RowBytes, width = header.WidthPixels;
        float[] values = new float[width * header.HeightPixels];
        byte[] block = new byte[rowBytes * Math.Min(rowsPerBlock, header.HeightPixels)], scratch = new byte[block.Length];
        for (int top = 0; top < header.HeightPixels; top += rowsPerBlock)
        {
            int rows = Math.Min(rowsPerBlock, header.HeightPixels - top);
            long offset = reader.ReadInt64($"the place of row {top}");
            if (offset < 0 || offset > bytes.Length) throw reader.Broken($"row {top} at byte {offset} of {bytes.Length}");
            ByteReader at = new(bytes, name, (int)offset);
            int row = at.ReadInt32("the number of a row");
            if (row != (long)header.FirstRow + top) throw at.Broken($"row {row}, expected row {(long)header.FirstRow + top}");
            int length = at.ReadInt32("the length of a block");
            at.Take(length, $"row {row}");
            ExrBlock.Unpack(header.Compression, new(bytes, at.Position - length, length), block.AsSpan(0, rows * rowBytes), scratch, $"{name}: row {row}");
            for (int y = 0; y < rows; y++) Read(block.AsSpan(y * rowBytes + start), isHalf, values.AsSpan((top + y) * width, width));
        }

        return new(values, width, header.HeightPixels);
    }

    // Place of the channel in a row, in bytes.
    private static (int Start, bool IsHalf) Find(ExrHeader header, string channel, string name)
    {
        long start = 0;
        foreach (ExrChannel c in header.Channels)
        {
            if (c.Name == channel)
            {
                return c.Type is ExrChannel.Half or ExrChannel.Float
                    ? (checked((int)start), c.Type == ExrChannel.Half)
                    : throw new InvalidDataException($"{name}: channel '{channel}' holds whole numbers, expected half or float.");
            }

            start += (long)header.WidthPixels * c.Bytes;
        }

        throw new InvalidDataException($"{name}: no channel '{channel}', the file has {string.Join(", ", header.Channels.Select(c => $"'{c.Name}'"))}.");
    }

    // Deflate cannot shrink data further than 1032 : 1, run lengths only 64 : 1: more pixels than that are announced, not there.
    private static void ThrowUnlessPossible(ExrHeader header, int fileBytes, string name)
    {
        const long largestExpansion = 1032;
        long announced = header.RowBytes * header.HeightPixels;
        if (announced > largestExpansion * fileBytes || announced > Array.MaxLength)
            throw new InvalidDataException($"{name}: {header.WidthPixels} × {header.HeightPixels} pixels announced in a file of {fileBytes} bytes.");
    }

    private static void Read(ReadOnlySpan<byte> row, bool isHalf, Span<float> values)
    {
        for (int x = 0; x < values.Length; x++)
            values[x] = isHalf ? (float)BinaryPrimitives.ReadHalfLittleEndian(row[(2 * x)..]) : BinaryPrimitives.ReadSingleLittleEndian(row[(4 * x)..]);
    }
}
