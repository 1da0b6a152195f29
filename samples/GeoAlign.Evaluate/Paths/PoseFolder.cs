using GeoAlign.Sampling;

namespace GeoAlign.Evaluate;

/// <summary>A folder of ready poses: ViPE's artefacts of all videos, of one video per sub-folder, or camera paths of any known format.</summary>
internal static class PoseFolder
{
    private static readonly string[] Extensions = [".npz", ".txt", ".tum", ".kitti", ".json"];

    /// <summary>Pose files by the name of their video, in natural order.</summary>
    /// <remarks>Looked for: <c>pose/NAME.npz</c> (one ViPE output for all), <c>NAME/pose/*.npz</c> (one for each), <c>NAME.npz|txt|tum|kitti|json</c>.</remarks>
    /// <exception cref="InvalidDataException">A video has several pose files.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder}: no such folder; expected one that holds poses.");
        SortedDictionary<string, string> poses = new(NaturalOrder.Instance);
        foreach (string file in Files(Path.Combine(folder, "pose"), ".npz")) Add(Path.GetFileNameWithoutExtension(file), file);
        foreach (string file in Files(folder, Extensions)) Add(Path.GetFileNameWithoutExtension(file), file);
        foreach (string sub in Directory.EnumerateDirectories(folder))
            foreach (string file in Files(Path.Combine(sub, "pose"), ".npz")) Add(Path.GetFileName(sub), file);
        return [.. poses];

        void Add(string name, string file)
        {
            if (!poses.TryAdd(name, file)) throw new InvalidDataException($"{folder}: '{poses[name]}' and '{file}' are poses of one video, '{name}'; keep one.");
        }
    }

    private static IEnumerable<string> Files(string folder, params string[] extensions) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder).Where(f => extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase) && !Path.GetFileName(f).StartsWith('.'))
        : [];
}
