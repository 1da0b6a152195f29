namespace GeoAlign.Sampling;

/// <summary>Which videos a list of paths means.</summary>
internal static class ConditionPaths
{
    private static readonly string[] VideoExtensions = [".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi"];

    /// <summary>
    /// A file is a video. A folder with pictures is a video, too; any other folder stands for the videos and the folders with pictures in it,
    /// in natural order.
    /// </summary>
    /// <exception cref="VideoException">A path does not exist, or a folder holds neither.</exception>
    public static string[] Expand(IEnumerable<string> paths) => [.. paths.SelectMany(Expand)];

    private static IEnumerable<string> Expand(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path)) throw new VideoException(path, "there is no such file or folder.") { Kind = VideoProblem.Missing };
        if (FrameFolder.HasPictures(path)) return [path];

        string[] found =
        [
            .. Directory.EnumerateFileSystemEntries(path)
                .Where(entry => !Path.GetFileName(entry).StartsWith('.') && (Directory.Exists(entry) ? FrameFolder.HasPictures(entry) : IsVideo(entry)))
                .OrderBy(entry => Path.GetFileName(entry), NaturalOrder.Instance),
        ];
        return found.Length > 0
            ? found
            : throw new VideoException(path, $"the folder holds no frames (.png, .jpg, .jpeg), no videos ({string.Join(", ", VideoExtensions)}) and no folders of frames.") { Kind = VideoProblem.Empty };
    }

    private static bool IsVideo(string file) => VideoExtensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);
}
