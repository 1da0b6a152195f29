using System.Buffers.Binary;

namespace GeoAlign.Geometry;

/// <summary>Walks a little-endian binary file; every read is checked against its end.</summary>
internal ref struct BinaryCursor(ReadOnlySpan<byte> bytes, string path)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly string _path = path;
    private int _at;

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _bytes.Length - _at;

    /// <summary>A complaint about the file at the current byte.</summary>
    public readonly TrajectoryFormatException Broken(string problem) => new(_path, 0, $"at byte {_at}: {problem}");

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(int count, string what)
    {
        if (count > Remaining) throw Broken($"{Remaining} bytes left, expected {count} for {what}");
        _at += count;
        return _bytes.Slice(_at - count, count);
    }

    public uint ReadUInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, what));

    public ulong ReadUInt64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Take(8, what));

    /// <summary>A finite double.</summary>
    public double ReadDouble(string what)
    {
        double value = BinaryPrimitives.ReadDoubleLittleEndian(Take(8, what));
        return NumberToken.ProblemOf(value) is { } problem ? throw Broken($"{what} {problem}, expected a finite number") : value;
    }

    /// <summary>A count of records; refused when the rest of the file cannot hold them.</summary>
    public int ReadCount(string what, int smallestRecordBytes)
    {
        ulong count = ReadUInt64($"the number of {what}");
        return count <= (ulong)(Remaining / smallestRecordBytes)
            ? (int)count
            : throw Broken($"{count} {what} announced, expected at most {Remaining / smallestRecordBytes} in the {Remaining} bytes left");
    }

    /// <summary>The bytes up to a zero byte, which is skipped.</summary>
    public ReadOnlySpan<byte> ReadToZero(string what)
    {
        int length = _bytes[_at..].IndexOf((byte)0);
        if (length < 0) throw Broken($"{what} does not end, expected a zero byte");
        ReadOnlySpan<byte> text = Take(length, what);
        _at++;
        return text;
    }

    /// <summary>Requires that nothing is left.</summary>
    public readonly void ExpectEnd(string what)
    {
        if (Remaining > 0) throw Broken($"{Remaining} bytes after {what}, expected the end of the file");
    }
}
