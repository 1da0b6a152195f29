using GeoAlign.Sampling;

namespace GeoAlign.Evaluate;

/// <summary>A folder of videos: files, and sub-folders of frames. Names are those of the files without extension.</summary>
internal static class VideoFolder
{
    private static readonly string[] Extensions = [".mp4", ".mov", ".mkv", ".webm", ".avi"], Pictures = [".png", ".jpg", ".jpeg"];

    /// <summary>Videos by name, in natural order.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">Two videos have one name.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder}: no such folder; expected one that holds videos.");
        SortedDictionary<string, string> videos = new(NaturalOrder.Instance);
        foreach (string path in Directory.EnumerateFileSystemEntries(folder))
        {
            string file = Path.GetFileName(path);
            bool isFolder = Directory.Exists(path);
            if (file.StartsWith('.') || !(isFolder ? HoldsPictures(path) : Has(path, Extensions))) continue;
            string name = isFolder ? file : Path.GetFileNameWithoutExtension(file);
            if (!videos.TryAdd(name, path)) throw new InvalidDataException($"{folder}: '{Path.GetFileName(videos[name])}' and '{file}' are two videos of one name; keep one.");
        }

        return [.. videos];
    }

    private static bool HoldsPictures(string folder) => Directory.EnumerateFiles(folder).Any(f => Has(f, Pictures));

    private static bool Has(string path, string[] extensions) => extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
