using System.Buffers.Binary;
using System.Text;

namespace GeoAlign.Models;

/// <summary>The directory of a zip archive that may come from anywhere, and the places of its stored (uncompressed) files.</summary>
/// <remarks>
/// PKWARE's APPNOTE: end record and its 64-bit form (4.3.14 to 4.3.16), central headers (4.3.12), 64-bit extra field (4.5.3), local
/// header (4.3.7). Only one-volume archives; compressed and encrypted files are refused when they are asked for.
/// </remarks>
internal sealed class ZipDirectory
{
    private const uint EndSignature = 0x06054b50, End64Signature = 0x06064b50, Locator64Signature = 0x07064b50;
    private const uint CentralSignature = 0x02014b50, LocalSignature = 0x04034b50;
    private const int EndLength = 22, End64Length = 56, Locator64Length = 20, CentralLength = 46, LocalLength = 30;
    private const int LongestComment = ushort.MaxValue, Extra64Tag = 1;

    /// <summary>Longest directory accepted (ours): room for a million entries.</summary>
    private const long LongestDirectoryBytes = 100_000_000;

    private readonly WeightBytes _file;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<(long Begin, long End, string Name)> _located = [];
    private long _directoryStart;

    private ZipDirectory(WeightBytes file) => _file = file;

    /// <summary>Names of all files.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="WeightFormatException">It is broken or too large.</exception>
    public static ZipDirectory Read(WeightBytes file)
    {
        ZipDirectory directory = new(file);
        (ulong count, ulong offset, ulong length) = directory.FindDirectory();
        if (length > LongestDirectoryBytes || offset > (ulong)file.Length || length > (ulong)file.Length - offset)
            throw directory.Broken($"its directory of {length} bytes at {offset} does not lie in the {file.Length} bytes of the file");
        if (count > length / CentralLength) throw directory.Broken($"its directory of {length} bytes cannot hold {count} entries");

        directory._directoryStart = (long)offset;
        byte[] bytes = new byte[(int)length];
        file.Read((long)offset, bytes);
        directory.ReadEntries(bytes, (int)count);
        return directory;
    }

    /// <summary>Where the content of a stored file begins, and how long it is.</summary>
    /// <exception cref="WeightFormatException">It is not there, compressed, encrypted, or shares bytes with one located before.</exception>
    public (long Offset, long Length) Locate(string name)
    {
        if (!_entries.TryGetValue(name, out ZipEntry entry)) throw Broken($"it has no file '{name}'");
        if ((entry.Flags & 1) != 0) throw Broken($"'{name}' is encrypted");
        if (entry.Method != 0) throw Broken($"'{name}' is compressed (method {entry.Method}), expected stored files only");
        if (entry.CompressedLength != entry.Length)
            throw Broken($"'{name}' is stored with {entry.CompressedLength} bytes for {entry.Length}");
        if (entry.HeaderOffset > (ulong)_directoryStart || _directoryStart - (long)entry.HeaderOffset < LocalLength)
            throw Broken($"the header of '{name}' at byte {entry.HeaderOffset} does not lie before the directory at {_directoryStart}");

        Span<byte> header = stackalloc byte[LocalLength];
        _file.Read((long)entry.HeaderOffset, header);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalSignature)
            throw Broken($"'{name}' has no header at byte {entry.HeaderOffset}");
        // The name and extra field of the local header: their lengths differ from those of the directory.
        long begin = (long)entry.HeaderOffset + LocalLength + Short(header, 26) + Short(header, 28);
        if (begin > _directoryStart || entry.Length > (ulong)(_directoryStart - begin))
            throw Broken($"'{name}' of {entry.Length} bytes at {begin} does not lie before the directory at {_directoryStart}");
        Occupy((long)entry.HeaderOffset, begin + (long)entry.Length, name);
        return (begin, (long)entry.Length);
    }

    // Files that share bytes are the trick of archives that unpack to more than they hold. Kept sorted; no two overlap.
    private void Occupy(long begin, long end, string name)
    {
        int at = _located.BinarySearch((begin, end, name));
        if (at >= 0) throw Broken($"'{name}' is used twice");
        at = ~at;
        if (at > 0 && _located[at - 1].End > begin) throw Broken($"'{name}' shares bytes with '{_located[at - 1].Name}'");
        if (at < _located.Count && _located[at].Begin < end) throw Broken($"'{name}' shares bytes with '{_located[at].Name}'");
        _located.Insert(at, (begin, end, name));
    }

    private (ulong Count, ulong Offset, ulong Length) FindDirectory()
    {
        if (_file.Length < EndLength) throw Broken($"{_file.Length} bytes are too few for a zip archive");
        byte[] tail = new byte[(int)Math.Min(_file.Length, EndLength + LongestComment)];
        long tailStart = _file.Length - tail.Length;
        _file.Read(tailStart, tail);

        int at = tail.Length - EndLength;
        while (at >= 0 && !(Int(tail, at) == EndSignature && at + EndLength + Short(tail, at + 20) == tail.Length)) at--;
        if (at < 0) throw Broken("it begins like a zip archive but has no end record; is it cut off?");
        if (Short(tail, at + 4) != 0 || Short(tail, at + 6) != 0 || Short(tail, at + 8) != Short(tail, at + 10))
            throw Broken("it is one of several volumes");

        (ulong count, ulong length, ulong offset) = (Short(tail, at + 10), Int(tail, at + 12), Int(tail, at + 16));
        bool needs64 = count == ushort.MaxValue || length == uint.MaxValue || offset == uint.MaxValue;
        return needs64 ? FindDirectory64(tailStart + at) : (count, offset, length);
    }

    private (ulong Count, ulong Offset, ulong Length) FindDirectory64(long endRecord)
    {
        Span<byte> locator = stackalloc byte[Locator64Length], end = stackalloc byte[End64Length];
        if (endRecord < Locator64Length + End64Length) throw Broken("its 64-bit end record is missing");
        _file.Read(endRecord - Locator64Length, locator);
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != Locator64Signature
            || offset > (ulong)(endRecord - Locator64Length - End64Length)) throw Broken("its 64-bit end record is missing");

        _file.Read((long)offset, end);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != End64Signature) throw Broken("its 64-bit end record is missing");
        return (BinaryPrimitives.ReadUInt64LittleEndian(end[32..]), BinaryPrimitives.ReadUInt64LittleEndian(end[48..]),
            BinaryPrimitives.ReadUInt64LittleEndian(end[40..]));
    }

    private void ReadEntries(ReadOnlySpan<byte> directory, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (directory.Length < CentralLength || Int(directory, 0) != CentralSignature)
                throw Broken($"entry {i} of its directory is broken");
            int nameLength = Short(directory, 28), extraLength = Short(directory, 30), commentLength = Short(directory, 32);
            if (directory.Length - CentralLength < nameLength + extraLength + commentLength)
                throw Broken($"entry {i} of its directory goes beyond the directory");

            ZipEntry entry = Widened(directory.Slice(CentralLength + nameLength, extraLength), new ZipEntry(
                Encoding.UTF8.GetString(directory.Slice(CentralLength, nameLength)), Short(directory, 8), Short(directory, 10),
                Int(directory, 20), Int(directory, 24), Int(directory, 42)));
            if (!_entries.TryAdd(entry.Name, entry)) throw Broken($"its directory has '{entry.Name}' twice");
            directory = directory[(CentralLength + nameLength + extraLength + commentLength)..];
        }
    }

    // Values of all ones stand in the 64-bit extra field instead, in this order and only those.
    private ZipEntry Widened(ReadOnlySpan<byte> extra, ZipEntry entry)
    {
        if (entry.Length != uint.MaxValue && entry.CompressedLength != uint.MaxValue && entry.HeaderOffset != uint.MaxValue) return entry;
        while (extra.Length >= 4)
        {
            int tag = Short(extra, 0), length = Short(extra, 2);
            if (length > extra.Length - 4) break;
            if (tag == Extra64Tag)
            {
                ReadOnlySpan<byte> values = extra.Slice(4, length);
                return entry with
                {
                    Length = Wide(entry.Length, ref values, entry.Name),
                    CompressedLength = Wide(entry.CompressedLength, ref values, entry.Name),
                    HeaderOffset = Wide(entry.HeaderOffset, ref values, entry.Name),
                };
            }

            extra = extra[(4 + length)..];
        }

        throw Broken($"'{entry.Name}' lacks its 64-bit lengths");
    }

    private ulong Wide(ulong value, ref ReadOnlySpan<byte> values, string name)
    {
        if (value != uint.MaxValue) return value;
        if (values.Length < 8) throw Broken($"'{name}' lacks its 64-bit lengths");
        ulong wide = BinaryPrimitives.ReadUInt64LittleEndian(values);
        values = values[8..];
        return wide;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private WeightFormatException Broken(string problem) => new(_file.Path, null, $"zip archive: {problem}");
}
