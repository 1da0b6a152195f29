namespace GeoAlign.Evaluate;

/// <summary>A text file of video names, one a line; # starts a remark.</summary>
internal static class VideoList
{
    /// <summary>Reads the names in their order.</summary>
    /// <exception cref="InvalidDataException">A name is there twice, or none is; the message names file and line.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        List<string> names = [];
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        foreach ((int index, string line) in File.ReadLines(path).Index())
        {
            string name = line.Split('#')[0].Trim();
            if (name.Length == 0) continue;
            if (!lines.TryAdd(name, index + 1)) throw new InvalidDataException($"{path}:{index + 1}: '{name}' stands in line {lines[name]} already; expected each video once.");
            names.Add(name);
        }

        return names.Count > 0 ? names : throw new InvalidDataException($"{path}:1: no video name; expected one a line.");
    }
}
