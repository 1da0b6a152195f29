using System.IO.Compression;

namespace GeoAlign.Evaluate;

/// <summary>Unpacks the blocks of rows of an OpenEXR file ("Technical Introduction to OpenEXR", Academy Software Foundation, data compression).</summary>
internal static class ExrBlock
{
    /// <summary>Rows that are packed together; null for a way that is not read here.</summary>
    public static int? RowsOf(ExrCompression compression) => compression switch
    {
        ExrCompression.None or ExrCompression.Rle or ExrCompression.Zips => 1,
        ExrCompression.Zip => 16,
        _ => null,
    };

    /// <summary>Unpacks a block; one that would not shrink is stored as it is, whatever the compression.</summary>
    /// <param name="compression">How it is packed.</param>
    /// <param name="packed">The block in its file.</param>
    /// <param name="rows">Receives the rows; its length is that of the rows.</param>
    /// <param name="scratch">At least as long.</param>
    /// <param name="name">Stands for the block in error messages.</param>
    /// <exception cref="InvalidDataException">The block is damaged, or holds other than these rows.</exception>
    public static void Unpack(ExrCompression compression, ArraySegment<byte> packed, Span<byte> rows, byte[] scratch, string name)
    {
        if (packed.Count == rows.Length)
        {
            packed.AsSpan().CopyTo(rows);
            return;
        }

        if (packed.Count > rows.Length || compression == ExrCompression.None) throw new InvalidDataException($"{name}: {packed.Count} bytes, expected {rows.Length}.");
        Span<byte> mixed = scratch.AsSpan(0, rows.Length);
        if (compression == ExrCompression.Rle) RunLengths(packed, mixed, name);
        else ZlibBlock.Inflate(packed, mixed, name);
        for (int i = 1; i < mixed.Length; i++) mixed[i] += (byte)(mixed[i - 1] - 128);                   // differences, moved by 128
        int half = (mixed.Length + 1) / 2;                                                               // even bytes first, then odd ones
        for (int i = 0; i < rows.Length; i++) rows[i] = mixed[(i & 1) == 0 ? i / 2 : half + i / 2];
    }

    // A negative count −n: n bytes as they are; otherwise n + 1 times the next byte.
    private static void RunLengths(ReadOnlySpan<byte> packed, Span<byte> bytes, string name)
    {
        int from = 0, to = 0;
        while (from < packed.Length)
        {
            int count = (sbyte)packed[from++];
            int literal = count < 0 ? -count : 1, run = count < 0 ? literal : count + 1;
            if (literal > packed.Length - from || run > bytes.Length - to) throw new InvalidDataException($"{name}: run lengths beyond the {packed.Length} packed or {bytes.Length} unpacked bytes.");
            if (count < 0) packed.Slice(from, literal).CopyTo(bytes[to..]);
            else bytes.Slice(to, run).Fill(packed[from]);
            from += literal;
            to += run;
        }

        if (to != bytes.Length) throw new InvalidDataException($"{name}: run lengths of {to} bytes, expected {bytes.Length}.");
    }
}
