using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace GeoAlign.Geometry;

/// <summary>The header of a <c>.npy</c> file: magic, version, and a Python dictionary with descr, fortran_order and shape.</summary>
internal sealed record NpyHeader(int ItemBytes, bool IsInteger, bool IsFortranOrder, int[] Shape, int DataOffset)
{
    private const string Types = "<f4, <f8, <i4 or <i8";
    private const int LongestHeader = 1 << 16;
    private const int MostAxes = 32;
    private const int Alignment = 64;                           // NumPy pads so that data begins at a multiple of this

    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static NpyHeader Read(ReadOnlySpan<byte> bytes, string name)
    {
        BinaryCursor cursor = new(bytes, name);
        if (!bytes.StartsWith(Magic)) throw cursor.Broken("no NumPy array, expected the bytes \\x93NUMPY");

        cursor.Take(Magic.Length, "the magic");
        ReadOnlySpan<byte> version = cursor.Take(2, "the version");
        if (version[0] is not (1 or 2 or 3) || version[1] != 0)
            throw cursor.Broken($"version {version[0]}.{version[1]}, expected 1.0, 2.0 or 3.0");

        uint length = version[0] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(cursor.Take(2, "the header's length"))
            : cursor.ReadUInt32("the header's length");
        if (length > LongestHeader) throw cursor.Broken($"a header of {length} bytes, expected at most {LongestHeader}");

        string text = Encoding.UTF8.GetString(cursor.Take((int)length, "the header"));
        PythonDictionary dictionary = new(text);
        string? descr = null;
        bool? fortran = null;
        List<long>? shape = null;
        while (dictionary.NextKey(out string key))
        {
            switch (key)
            {
                case "descr":
                    descr = dictionary.ReadString();
                    break;
                case "fortran_order":
                    fortran = dictionary.ReadTruth();
                    break;
                case "shape":
                    shape = dictionary.ReadTuple(MostAxes);
                    break;
                default:
                    dictionary.Fail($"key '{key}'");
                    break;
            }
        }

        if (dictionary.Problem is { } problem)
            throw cursor.Broken($"{problem} in the header, expected {{'descr': …, 'fortran_order': …, 'shape': …}} with {Types}");
        if (descr is null || fortran is null || shape is null)
            throw cursor.Broken("an incomplete header, expected descr, fortran_order and shape");
        if (descr.Contains('O', StringComparison.Ordinal))
            throw cursor.Broken($"object array ({descr}), which holds pickled code, expected {Types}");
        if (descr is not ("<f4" or "<f8" or "<i4" or "<i8"))
            throw cursor.Broken($"values of type {SourceText.Excerpt(Encoding.UTF8.GetBytes(descr))}, expected {Types}");
        if (shape.Exists(size => size > int.MaxValue))
            throw cursor.Broken($"an axis of {shape.Max()} values, expected at most {int.MaxValue}");

        return new NpyHeader(descr[2] - '0', descr[1] == 'i', fortran.Value, [.. shape.Select(size => (int)size)], bytes.Length - cursor.Remaining);
    }

    /// <summary>Number of values; refused unless the data has exactly their size.</summary>
    public int CheckedCount(int dataBytes, string name)
    {
        UInt128 count = 1;
        foreach (int size in Shape) count = size == 0 || count == 0 ? 0 : UInt128.Min(count * (uint)size, ulong.MaxValue);
        return count * (uint)ItemBytes == (uint)dataBytes
            ? (int)count
            : throw new TrajectoryFormatException(
                name, 0, $"{dataBytes} bytes of data, expected {count * (uint)ItemBytes} for shape ({string.Join(", ", Shape)}) of {ItemBytes} bytes each");
    }

    /// <summary>The bytes of a version 1 header in C order.</summary>
    public static byte[] Bytes(string descr, ReadOnlySpan<int> shape)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{{'descr': '{descr}', 'fortran_order': False, 'shape': (");
        foreach (int size in shape) text.Append(CultureInfo.InvariantCulture, $"{size}, ");
        if (shape.Length > 1) text.Length -= 2;                 // a tuple of one keeps its comma
        else if (shape.Length == 1) text.Length--;
        text.Append("), }");
        int fixedBytes = Magic.Length + 4 + 1;
        text.Append(' ', (Alignment - (fixedBytes + text.Length) % Alignment) % Alignment).Append('\n');

        byte[] bytes = new byte[fixedBytes - 1 + text.Length];
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)text.Length);
        Encoding.ASCII.GetBytes(text.ToString(), bytes.AsSpan(10));
        return bytes;
    }
}
