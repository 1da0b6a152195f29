using System.Buffers.Binary;
using System.Text;

namespace GeoAlign.Evaluate;

/// <summary>Walks a little-endian binary file; every read is checked against its end.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, string name, int position = 0)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly string _name = name;

    /// <summary>Next byte.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Whether nothing is left.</summary>
    public readonly bool IsAtEnd => Position == _bytes.Length;

    /// <summary>A complaint about the file at the current byte.</summary>
    public readonly InvalidDataException Broken(string problem) => new($"{_name}: at byte {Position}: {problem}.");

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(int count, string what)
    {
        int left = _bytes.Length - Position;
        if (count < 0 || count > left) throw Broken($"{left} bytes left, expected {count} for {what}");
        Position += count;
        return _bytes.Slice(Position - count, count);
    }

    public byte ReadByte(string what) => Take(1, what)[0];

    public int ReadInt32(string what) => BinaryPrimitives.ReadInt32LittleEndian(Take(4, what));

    public long ReadInt64(string what) => BinaryPrimitives.ReadInt64LittleEndian(Take(8, what));

    /// <summary>Text up to a zero byte, which is skipped; empty where the zero comes first.</summary>
    public string ReadName(string what)
    {
        const int longest = 255;
        int length = _bytes[Position..].IndexOf((byte)0);
        if (length is < 0 or > longest) throw Broken($"{what} does not end, expected at most {longest} bytes and a zero");
        string text = Encoding.Latin1.GetString(Take(length, what));
        Position++;
        return text;
    }
}
