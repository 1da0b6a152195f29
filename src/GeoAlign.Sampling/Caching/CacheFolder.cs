namespace GeoAlign.Sampling;

/// <summary>The files of a cache: whole or not there, checked when read, bounded in total. Several threads and processes may use one folder.</summary>
internal sealed class CacheFolder
{
    private readonly CacheOptions _options;
    private readonly Lock _gate = new();

    public CacheFolder(CacheOptions options) => _options = options.Validated();

    /// <summary>Where a key's file is.</summary>
    public string PathOf(CacheKey key) => Path.Combine(_options.Folder, key.Hash[..2], key.Hash + ".bin");

    /// <summary>The file of a key, marked as used now; null when there is none.</summary>
    public byte[]? Read(CacheKey key)
    {
        string path = PathOf(key);
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);                  // what was used longest ago is dropped first
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes the file of a key under a temporary name and renames it, then makes room.</summary>
    public void Write(CacheKey key, byte[] bytes)
    {
        string path = PathOf(key), folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $".{key.Hash[..8]}.{Guid.NewGuid():N}.partial");
        try
        {
            using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        lock (_gate) MakeRoom(path);
    }

    /// <summary>Throws a damaged file away and says so.</summary>
    public void Drop(CacheKey key, string problem)
    {
        File.Delete(PathOf(key));
        _options.Report?.Invoke($"{PathOf(key)}: {problem}; it was thrown away and is computed again ({key}).");
    }

    private void MakeRoom(string justWritten)
    {
        List<FileInfo> files = [.. new DirectoryInfo(_options.Folder).EnumerateFiles("*.bin", SearchOption.AllDirectories)];
        long total = files.Sum(f => f.Length);
        if (total <= _options.MaximumBytes) return;
        int dropped = 0;
        foreach (FileInfo file in files.OrderBy(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal))
        {
            if (total <= _options.MaximumBytes) break;
            if (Path.GetFullPath(justWritten) == file.FullName) continue;
            total -= file.Length;
            file.Delete();
            dropped++;
        }

        if (dropped > 0) _options.Report?.Invoke($"{_options.Folder}: {dropped} results used longest ago made room; the limit is {_options.MaximumBytes} bytes.");
    }
}
