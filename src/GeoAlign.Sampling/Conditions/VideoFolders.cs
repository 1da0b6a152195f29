namespace GeoAlign.Sampling;

/// <summary>Condition videos by path: files, folders of frames, and folders that hold several of these.</summary>
/// <remarks>A prompt is looked for beside the video: <c>walk.txt</c> for <c>walk.mp4</c> and for a folder <c>walk</c> of frames.</remarks>
/// <param name="paths">In this order; a folder's own videos in natural order of their names.</param>
public sealed class VideoFolders(params IEnumerable<string> paths) : IConditionVideoSource
{
    private readonly string[] _paths = [.. paths];

    /// <inheritdoc/>
    public IReadOnlyList<ConditionVideo> List()
    {
        List<ConditionVideo> videos = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (string path in ConditionPaths.Expand(_paths))
        {
            string name = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(path));
            for (int k = 2; !names.Add(name); k++) name = $"{System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(path))}#{k}";
            videos.Add(new ConditionVideo { Name = name, Path = path, Prompt = SidecarPrompt.Of(path) });
        }

        return videos;
    }
}
