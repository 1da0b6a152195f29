using GeoAlign.Sampling;

namespace GeoAlign.Cli;

/// <summary>The videos that a command line names: files, folders of frames, folders of videos.</summary>
internal static class VideoInputs
{
    private static readonly string[] Videos = [".mp4", ".mov", ".webm", ".mkv", ".avi", ".m4v", ".gif"], Pictures = [".png", ".jpg", ".jpeg"];

    /// <summary>Every video; a folder that holds pictures is one, one that holds videos is as many.</summary>
    /// <exception cref="FileNotFoundException">Something does not exist.</exception>
    /// <exception cref="InvalidDataException">A folder holds neither.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> inputs) => [.. inputs.SelectMany(Expand)];

    /// <summary>What a video is called: its name without ending.</summary>
    public static string NameOf(string video) => Directory.Exists(video) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(video))) : Path.GetFileNameWithoutExtension(video);

    private static IEnumerable<string> Expand(string input)
    {
        if (File.Exists(input)) return [input];
        if (!Directory.Exists(input)) throw new FileNotFoundException($"There is no file or folder '{input}'.", input);
        if (Directory.EnumerateFiles(input).Any(f => Has(f, Pictures))) return [input];
        string[] videos = [.. Directory.EnumerateFiles(input).Where(f => Has(f, Videos)).Order(NaturalOrder.Instance)];
        return videos.Length > 0 ? videos : throw new InvalidDataException($"The folder '{input}' holds neither videos ({string.Join(' ', Videos)}) nor frames ({string.Join(' ', Pictures)}).");
    }

    private static bool Has(string file, string[] endings) => !Path.GetFileName(file).StartsWith('.') && endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);
}
