using System.Collections.Concurrent;
using System.Text.Json;

namespace GeoAlign.Evaluate;

/// <summary>Content hashes of files, remembered under their path, size and time of last change, so that an unchanged file is read once.</summary>
internal sealed class ContentHashes
{
    private readonly string _path;
    private readonly ConcurrentDictionary<string, Entry> _known;
    private bool _changed;

    private ContentHashes(string path, IEnumerable<KeyValuePair<string, Entry>> known) => (_path, _known) = (path, new(known, StringComparer.Ordinal));

    /// <summary>Opens the memory of a cache; an unreadable one is started anew, for it holds nothing that cannot be computed again.</summary>
    public static ContentHashes Open(string path)
    {
        if (!File.Exists(path)) return new(path, []);
        try
        {
            return new(path, JsonSerializer.Deserialize<Dictionary<string, Entry>>(File.ReadAllBytes(path), EvaluationJson.Compact) ?? []);
        }
        catch (JsonException)
        {
            return new(path, []);
        }
    }

    /// <summary>The hash of a file or of a folder of frames.</summary>
    public string Of(string path)
    {
        string full = Path.GetFullPath(path), stamp = Stamp(full);
        if (_known.TryGetValue(full, out Entry? entry) && entry?.Stamp == stamp) return entry!.Hash;
        string hash = ContentHash.Of(full);
        _known[full] = new(stamp, hash);
        _changed = true;
        return hash;
    }

    /// <summary>Writes the memory, in one step.</summary>
    public void Save()
    {
        if (!_changed) return;
        WholeFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(new SortedDictionary<string, Entry>(_known, StringComparer.Ordinal), EvaluationJson.Compact));
        _changed = false;
    }

    private static string Stamp(string path)
    {
        if (!Directory.Exists(path)) return One(new FileInfo(path));
        return string.Join(';', new DirectoryInfo(path).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name}:{One(f)}"));
    }

    private static string One(FileInfo file) => $"{file.Length}@{file.LastWriteTimeUtc.Ticks}";

    internal sealed record Entry(string Stamp, string Hash);
}
