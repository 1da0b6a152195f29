namespace GeoAlign.Sampling;

/// <summary>The files of a cache: whole or not there, checked when read, bounded in total. Several threads and processes may use one folder.</summary>
internal sealed class CacheFolder
{
    private readonly CacheOptions _options;
    private readonly Lock _gate = new();
    private long _bytesUntilCount;

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
            MarkAsUsed(path);
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // What was used longest ago is dropped first.
    private static void MarkAsUsed(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has just been dropped, or the cache may only be read, and then nothing is dropped from here. The result itself was read.
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

        lock (_gate)
        {
            _bytesUntilCount -= bytes.Length;
            if (_bytesUntilCount < 0) MakeRoom(path);
        }
    }

    /// <summary>Throws a damaged file away and says so.</summary>
    public void Drop(CacheKey key, string problem)
    {
        File.Delete(PathOf(key));
        _options.Report?.Invoke($"{PathOf(key)}: {problem}; it was thrown away and is computed again ({key}).");
    }

    // Looking at every file takes time in a large cache, so that it is done once per hundredth of the limit written. Other processes may drop files meanwhile.
    private void MakeRoom(string justWritten)
    {
        _bytesUntilCount = _options.MaximumBytes / 100;
        List<(string Path, long Length, DateTime Used)> files = [];
        foreach (FileInfo file in new DirectoryInfo(_options.Folder).EnumerateFiles("*.bin", SearchOption.AllDirectories))
            if (file.Exists) files.Add((file.FullName, file.Length, file.LastWriteTimeUtc));
        long total = files.Sum(f => f.Length);
        int dropped = 0;
        foreach ((string path, long length, _) in files.OrderBy(f => f.Used).ThenBy(f => Path.GetFileName(f.Path), StringComparer.Ordinal))
        {
            if (total <= _options.MaximumBytes) break;
            if (Path.GetFullPath(justWritten) == path) continue;
            total -= length;
            File.Delete(path);
            dropped++;
        }

        if (dropped > 0) _options.Report?.Invoke($"{_options.Folder}: {dropped} results used longest ago made room; the limit is {_options.MaximumBytes} bytes.");
    }
}
