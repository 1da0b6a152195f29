namespace GeoAlign.Sampling;

/// <summary>Reads <c>manifest.jsonl</c>, the record of what a run was conditioned on.</summary>
public static class Manifest
{
    /// <summary>Reads and checks every line.</summary>
    /// <exception cref="DataFormatException">
    /// A line is no entry, an entry is unsound, or a key occurs twice; the message names file and line.
    /// </exception>
    public static IReadOnlyList<ManifestEntry> Read(string path)
    {
        List<ManifestEntry> entries = [];
        Dictionary<(long, int, int), int> lines = [];
        foreach ((int line, string text) in TextLines.NotBlank(path))
        {
            ManifestEntry entry = SamplingJson.ReadLine(text, SamplingJsonContext.Default.ManifestEntry, path, line);
            if (entry.Problems() is { Count: > 0 } problems) throw new DataFormatException(path, line, string.Join("; ", problems));
            if (!lines.TryAdd(entry.Key, line))
                throw new DataFormatException(path, line, $"seed {entry.Seed}, iteration {entry.Iteration}, group {entry.Group} stands in line {lines[entry.Key]} already");
            entries.Add(entry);
        }

        return entries;
    }
}
