using System.Text.Json;

namespace GeoAlign.Models;

/// <summary>A release split over several safetensors files, seen as one.</summary>
public sealed class SafetensorsShards : IWeightSource
{
    private const long LongestIndexBytes = 100_000_000;

    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<string, SafetensorsFile> _fileOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WeightEntry> _entries = new(StringComparer.Ordinal);

    private SafetensorsShards(string path) => Path = path;

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, WeightEntry> Entries => _entries;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>Opens an index file <c>{ "weight_map": { tensor: file } }</c>; the files lie beside it.</summary>
    /// <exception cref="WeightFormatException">
    /// The index is broken, points outside its folder, or names a tensor that the shard lacks.
    /// </exception>
    public static SafetensorsShards OpenIndex(string indexPath)
    {
        Dictionary<string, string> map = ReadWeightMap(indexPath);
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(indexPath))!;
        return Build(indexPath, shards =>
        {
            Dictionary<string, SafetensorsFile> opened = new(StringComparer.Ordinal);
            foreach ((string tensor, string file) in map)
            {
                if (!opened.TryGetValue(file, out SafetensorsFile? shard))
                {
                    string shardPath = System.IO.Path.Combine(folder, file);
                    if (!File.Exists(shardPath))
                        throw new WeightFormatException(indexPath, tensor, $"the index places it in {file}, which is not there");
                    shard = SafetensorsFile.Open(shardPath);
                    shards._files.Add(shard);
                    opened.Add(file, shard);
                }

                if (!shard.Entries.TryGetValue(tensor, out WeightEntry? entry))
                    throw new WeightFormatException(indexPath, tensor, $"the index places it in {file}, which does not have it");
                shards.Add(tensor, entry, shard);
            }
        });
    }

    /// <summary>Opens several files and unites their keys; a key in two files is an error.</summary>
    public static SafetensorsShards OpenAll(IReadOnlyList<string> paths) => Build(string.Join(", ", paths), shards =>
    {
        foreach (string path in paths)
        {
            SafetensorsFile shard = SafetensorsFile.Open(path);
            shards._files.Add(shard);
            foreach ((string tensor, WeightEntry entry) in shard.Entries) shards.Add(tensor, entry, shard);
        }
    });

    /// <inheritdoc/>
    public void ReadBytes(string name, long byteOffset, Span<byte> destination)
    {
        this.Entry(name);
        _fileOf[name].ReadBytes(name, byteOffset, destination);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafetensorsFile file in _files) file.Dispose();
    }

    private static SafetensorsShards Build(string path, Action<SafetensorsShards> fill)
    {
        SafetensorsShards shards = new(path);
        try
        {
            fill(shards);
            return shards;
        }
        catch
        {
            shards.Dispose();
            throw;
        }
    }

    private void Add(string tensor, WeightEntry entry, SafetensorsFile file)
    {
        if (!_entries.TryAdd(tensor, entry with { File = file.Path }))
            throw new WeightFormatException(file.Path, tensor, $"it is also in {_fileOf[tensor].Path}");
        _fileOf.Add(tensor, file);
    }

    private static Dictionary<string, string> ReadWeightMap(string indexPath)
    {
        long length = new FileInfo(indexPath).Length;
        if (length > LongestIndexBytes)
            throw new WeightFormatException(indexPath, null, $"{length} bytes, expected at most {LongestIndexBytes}");

        Dictionary<string, string> map = new(StringComparer.Ordinal);
        try
        {
            using JsonDocument index = JsonDocument.Parse(File.ReadAllBytes(indexPath), new JsonDocumentOptions { MaxDepth = 8 });
            foreach (JsonProperty entry in index.RootElement.GetProperty("weight_map").EnumerateObject())
            {
                string file = entry.Value.GetString() ?? "";
                if (file.Length == 0 || file is "." or ".." || file != System.IO.Path.GetFileName(file)
                    || file.Contains('\\', StringComparison.Ordinal))
                    throw new WeightFormatException(indexPath, entry.Name, $"'{file}' is not the name of a file beside the index");
                if (!map.TryAdd(entry.Name, file)) throw new WeightFormatException(indexPath, entry.Name, "it appears twice in weight_map");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new WeightFormatException(indexPath, null, $"expected JSON with an object weight_map of texts ({e.Message})", e);
        }

        return map;
    }
}
