using System.Text;

namespace GeoAlign.Models.Tests;

/// <summary>Builds zip archives of stored files.</summary>
internal sealed class ZipBytes
{
    private readonly List<byte> _archive = [], _directory = [];
    private int _count;

    public bool Wide { get; init; }

    public ZipBytes AddAll(IEnumerable<(string Name, byte[] Content)> files)
    {
        foreach ((string name, byte[] content) in files) Add(name, content);
        return this;
    }

    public ZipBytes Add(string name, byte[] content, short method = 0, short flags = 0, long? headerOffset = null, long? length = null)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        long offset = headerOffset ?? _archive.Count, size = length ?? content.Length;
        if (headerOffset is null)
        {
            Numbers(_archive, 0x04034b50u, (short)20, flags, method, 0, 0u, 0u, 0u, (short)utf8.Length, (short)6);
            _archive.AddRange(utf8);
            _archive.AddRange([(byte)'F', (byte)'B', 2, 0, 90, 90]);                     // the local extra field pads; the directory's does not
            _archive.AddRange(content);
        }

        Numbers(_directory, 0x02014b50u, (short)45, (short)45, flags, method, 0, 0u);
        if (Wide) Numbers(_directory, uint.MaxValue, uint.MaxValue);
        else Numbers(_directory, (uint)size, (uint)size);
        Numbers(_directory, (short)utf8.Length, (short)(Wide ? 32 : 0), (short)0, (short)0, (short)0, 0u, Wide ? uint.MaxValue : (uint)offset);
        _directory.AddRange(utf8);
        if (Wide) Numbers(_directory, (short)7, (short)0, (short)1, (short)24, size, size, offset);    // an unknown field before the 64-bit one
        _count++;
        return this;
    }

    public byte[] Finish()
    {
        long start = _archive.Count, length = _directory.Count;
        _archive.AddRange(_directory);
        if (Wide)
        {
            long end = _archive.Count;
            Numbers(_archive, 0x06064b50u, 44L, (short)45, (short)45, 0u, 0u, (long)_count, (long)_count, length, start);
            Numbers(_archive, 0x07064b50u, 0u, end, 1u);
        }

        Numbers(_archive, 0x06054b50u, (short)0, (short)0, Wide ? (short)-1 : (short)_count, Wide ? (short)-1 : (short)_count,
            Wide ? uint.MaxValue : (uint)length, Wide ? uint.MaxValue : (uint)start, (short)0);
        return [.. _archive];
    }

    private static void Numbers(List<byte> bytes, params object[] values)
    {
        foreach (object value in values)
        {
            bytes.AddRange(value switch
            {
                short small => BitConverter.GetBytes(small),
                int time => BitConverter.GetBytes(time),                                // date and time: two shorts
                uint middle => BitConverter.GetBytes(middle),
                long wide => BitConverter.GetBytes(wide),
                _ => throw new ArgumentException($"{value} has no width here", nameof(values)),
            });
        }
    }
}
