using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>The camera path that each video was asked for.</summary>
/// <param name="source">A camera file, or a folder of camera files named as the videos.</param>
/// <param name="request">How camera files are read.</param>
internal sealed class TargetPaths(string source, PathFileRequest request)
{
    private readonly PathFile? _shared = IsFolderOfFiles(source) ? null : request.Open(source);

    /// <summary>The path of a video: the only one, the camera of its name, or the file of its name.</summary>
    /// <exception cref="InvalidDataException">None belongs to it, or its lengths are not metres.</exception>
    public NamedPath For(string video)
    {
        string name = VideoInputs.NameOf(video);
        PathFile file = _shared ?? request.Open(FileFor(name));
        NamedPath path = file.Paths.Count == 1
            ? file.Paths[0]
            : file.Paths.FirstOrDefault(p => p.Name == name)
                ?? throw new InvalidDataException($"{file.FilePath} holds {file.Paths.Count} {file.PathKind}s and none is called '{name}' as the video; choose one with --{file.PathKind}: {string.Join(", ", file.Paths.Select(p => p.Name))}.");
        return path.Recorded.HasMetricScale
            ? path
            : throw new InvalidDataException($"{file.FilePath} is of unknown scale, and a target must be metric; say --metres-per-unit (1 if its lengths are metres), or use geoalign rescale first.");
    }

    private string FileFor(string name)
    {
        string[] found = [.. Directory.EnumerateFileSystemEntries(source).Where(f => Path.GetFileNameWithoutExtension(f) == name || Path.GetFileName(f) == name)];
        return found.Length == 1
            ? found[0]
            : throw new InvalidDataException($"The folder '{source}' holds {(found.Length == 0 ? "no camera file" : $"{found.Length} camera files")} called '{name}' as the video, expected one.");
    }

    // A folder that is itself a camera file (COLMAP, OmniWorld) is recognised by what it holds.
    private static bool IsFolderOfFiles(string path) => Directory.Exists(path)
        && !File.Exists(Path.Combine(path, "images.txt")) && !File.Exists(Path.Combine(path, "images.bin")) && !File.Exists(Path.Combine(path, "split_info.json"));
}
