using System.Text;
using System.Text.Json;

namespace GeoAlign.Sampling;

/// <summary>Writes <c>manifest.jsonl</c>, a whole line at a time. A run that goes on appends; what it draws again must be what stands there.</summary>
public sealed class ManifestWriter : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(long, int, int), ManifestEntry> _written = [];
    private readonly FileStream _file;
    private readonly string _path;

    private ManifestWriter(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Opens a manifest, new or from earlier. A last line that was cut off when a run was killed is taken away.</summary>
    /// <exception cref="DataFormatException">An earlier line is unsound.</exception>
    public static ManifestWriter Open(string path)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        FileStream file = new(full, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            DropCutLine(file);
            ManifestWriter writer = new(path, file);
            foreach (ManifestEntry entry in Manifest.Read(full)) writer._written[entry.Key] = entry;
            file.Seek(0, SeekOrigin.End);
            return writer;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a line and hands it to the system. The same condition again changes nothing.</summary>
    /// <exception cref="ArgumentException">The entry is unsound.</exception>
    /// <exception cref="InvalidOperationException">Another condition with this key was written before: the data or the settings have changed.</exception>
    public void Write(ManifestEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Problems() is { Count: > 0 } problems) throw new ArgumentException($"Manifest entry of iteration {entry.Iteration}, group {entry.Group}: {string.Join("; ", problems)}.", nameof(entry));
        lock (_gate)
        {
            if (_written.TryGetValue(entry.Key, out ManifestEntry? before))
            {
                IReadOnlyList<string> differences = ManifestComparison.Differences(before, entry);
                if (differences.Count == 0) return;
                throw new InvalidOperationException(
                    $"{_path}: seed {entry.Seed}, iteration {entry.Iteration}, group {entry.Group} was drawn differently before: {string.Join("; ", differences)}. The data or the settings have changed; use another manifest.");
            }

            _file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(entry, SamplingJsonContext.Default.ManifestEntry) + "\n"));
            _file.Flush();
            _written.Add(entry.Key, entry);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static void DropCutLine(FileStream file)
    {
        long end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n') break;
            end--;
        }

        if (end != file.Length) file.SetLength(end);
        file.Position = 0;
    }
}
