using System.IO.Compression;

namespace GeoAlign.Geometry;

/// <summary>
/// A NumPy <c>.npz</c> file: a zip of <c>.npy</c> members, stored or deflated. Member names are given without <c>.npy</c>.
/// </summary>
/// <remarks>
/// Lengths and check sums of members are verified, so that a damaged or hostile file is refused instead of filling the memory.
/// </remarks>
public sealed class NpzArchive
{
    // Deflate cannot shrink data further than 1032 : 1; an announced length above that is false.
    private const long LargestExpansion = 1032, SmallMember = 1 << 16;

    private readonly SortedDictionary<string, byte[]> _members;
    private readonly string _path;

    private NpzArchive(string path, SortedDictionary<string, byte[]> members) => (_path, _members) = (path, members);

    /// <summary>Names of the members, sorted.</summary>
    public IReadOnlyCollection<string> Names => _members.Keys;

    /// <summary>Whether there is a member of that name.</summary>
    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>The array of that name.</summary>
    /// <exception cref="TrajectoryFormatException">
    /// There is no such member, or it is no array that <see cref="NpyArray"/> reads.
    /// </exception>
    public NpyArray this[string name] => _members.TryGetValue(name, out byte[]? bytes)
        ? NpyArray.Parse(bytes, $"{_path}/{name}.npy")
        : throw new TrajectoryFormatException(_path, 0, $"no member '{name}', the file has {SourceText.Names(Names)}");

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrajectoryFormatException">The file is no zip, or a member is damaged.</exception>
    public static NpzArchive Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads a stream to its end; <paramref name="name"/> stands for it in error messages.</summary>
    /// <exception cref="TrajectoryFormatException">The bytes are no zip, or a member is damaged.</exception>
    public static NpzArchive Read(Stream stream, string name) => Parse(SourceBytes.ReadAll(stream).Span, name);

    /// <summary>Reads the bytes of a file; <paramref name="name"/> stands for it in error messages.</summary>
    /// <exception cref="TrajectoryFormatException">The bytes are no zip, or a member is damaged.</exception>
    public static NpzArchive Parse(ReadOnlySpan<byte> bytes, string name)
    {
        SortedDictionary<string, byte[]> members = new(StringComparer.Ordinal);
        try
        {
            using ZipArchive zip = new(new MemoryStream(bytes.ToArray()), ZipArchiveMode.Read);
            long total = 0;
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                if (!entry.FullName.EndsWith(".npy", StringComparison.Ordinal)) continue;
                total += entry.Length;
                if (entry.Length < 0 || total > SmallMember + LargestExpansion * bytes.Length)
                    throw new TrajectoryFormatException(
                        name, 0, $"members of {total} bytes announced, expected at most {LargestExpansion} times the file");
                if (!members.TryAdd(entry.FullName[..^4], Content(entry, name)))
                    throw new TrajectoryFormatException(name, 0, $"member {entry.FullName} twice, expected it once");
            }
        }
        catch (InvalidDataException broken)
        {
            throw new TrajectoryFormatException(name, 0, $"not a readable zip ({broken.Message}), expected a complete .npz file", broken);
        }

        return new NpzArchive(name, members);
    }

    /// <summary>Writes a file; an existing one is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arrays">Names without <c>.npy</c>, and arrays.</param>
    public static void Write(string path, IEnumerable<KeyValuePair<string, NpyArray>> arrays)
    {
        using FileStream stream = File.Create(path);
        Write(stream, arrays);
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="arrays">Names without <c>.npy</c>, and arrays.</param>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, NpyArray>> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        using ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, NpyArray array) in arrays)
        {
            ZipArchiveEntry entry = zip.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);       // equal arrays give equal files
            using Stream member = entry.Open();
            array.Write(member);
        }
    }

    private static byte[] Content(ZipArchiveEntry entry, string name)
    {
        TrajectoryFormatException Broken(string problem) => new(name, 0, $"member {entry.FullName}: {problem}");
        if (entry.IsEncrypted) throw Broken("encrypted, expected plain data");

        byte[] content = new byte[entry.Length];
        using Stream stream = entry.Open();
        int read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (read < content.Length || stream.ReadByte() >= 0) throw Broken($"{read} bytes or more, expected {content.Length}");
        return Crc32.Of(content) == entry.Crc32 ? content : throw Broken("wrong check sum, expected an undamaged file");
    }
}
