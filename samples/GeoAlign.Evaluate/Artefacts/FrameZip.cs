using System.Globalization;
using System.IO.Compression;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>A zip of pictures, one to a frame, named after the frame's number: <c>00000.exr</c>, <c>00001.exr</c>, …. Not for use by two threads at a time.</summary>
internal sealed class FrameZip : IDisposable
{
    // Deflate cannot shrink data further than 1032 : 1; an announced length above that is false.
    private const long LargestExpansion = 1032, SmallMember = 1 << 16, LargestMember = 1 << 28;

    private readonly ZipArchive _zip;
    private readonly string _path;
    private readonly SortedDictionary<int, ZipArchiveEntry> _entries = [];

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="extension">Of the pictures, with its dot.</param>
    /// <exception cref="InvalidDataException">The file is no such zip.</exception>
    public FrameZip(string path, string extension)
    {
        _path = path;
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            _zip = new ZipArchive(file, ZipArchiveMode.Read);
            foreach (ZipArchiveEntry entry in _zip.Entries)
            {
                if (!entry.FullName.EndsWith(extension, StringComparison.Ordinal) || !int.TryParse(entry.FullName.AsSpan(0, entry.FullName.Length - extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int frame))
                    throw new InvalidDataException($"member '{entry.FullName}', expected frame numbers such as 00000{extension}");
                if (!_entries.TryAdd(frame, entry)) throw new InvalidDataException($"'{_entries[frame].FullName}' and '{entry.FullName}' are one frame");
            }
        }
        catch (InvalidDataException broken)
        {
            file.Dispose();
            throw new InvalidDataException($"{path}: not a zip of frames ({broken.Message}).", broken);
        }
    }

    /// <summary>Frames that have a picture, increasing.</summary>
    public IReadOnlyCollection<int> Frames => _entries.Keys;

    /// <summary>Name of a frame's picture in error messages.</summary>
    public string NameOf(int frame) => $"{_path}/{(_entries.TryGetValue(frame, out ZipArchiveEntry? entry) ? entry.FullName : frame)}";

    /// <summary>The bytes of a frame's picture.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is damaged.</exception>
    public byte[] Read(int frame)
    {
        if (!_entries.TryGetValue(frame, out ZipArchiveEntry? entry)) throw Broken($"no picture of the frame, the file has {_entries.Count} others");
        if (entry.IsEncrypted) throw Broken("encrypted, expected plain data");
        if (entry.Length < 0 || entry.Length > LargestMember || entry.Length > SmallMember + LargestExpansion * entry.CompressedLength) throw Broken($"{entry.Length} bytes announced in {entry.CompressedLength}");
        byte[] content = new byte[entry.Length];
        try
        {
            using Stream stream = entry.Open();
            int read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            if (read < content.Length || stream.ReadByte() >= 0) throw Broken($"{read} bytes or more, expected {content.Length}");
        }
        catch (InvalidDataException damaged)
        {
            throw Broken(damaged.Message);
        }

        return Crc32.Of(content) == entry.Crc32 ? content : throw Broken("wrong check sum, expected an undamaged file");

        InvalidDataException Broken(string problem) => new($"{NameOf(frame)}: {problem}");
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();
}
