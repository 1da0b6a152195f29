namespace GeoAlign.Sampling;

/// <summary>The clips of a Sekai list ("CityWalk" in Geo-Align) whose videos lie in a folder, cut already or whole.</summary>
/// <remarks>
/// A clip <c>ID_START_END</c> is looked for as <c>ID/ID_START_END.EXT</c> or <c>ID_START_END.EXT</c>, cut already; else as <c>ID.EXT</c> or
/// <c>ID/ID.EXT</c>, the whole video, of which only the frames from START to END are used (frame numbers at 30 per second, at the nearest frame
/// of a video of another rate). A whole video is decoded from its beginning for every clip: cut long ones first.
/// </remarks>
/// <param name="listPath">The CSV list.</param>
/// <param name="folder">Where the videos are.</param>
public sealed class SekaiVideos(string listPath, string folder) : IConditionVideoSource
{
    private static readonly string[] Extensions = [".mp4", ".mkv", ".webm", ".mov"];

    /// <summary>
    /// The clips in the order of the list. Public lists name far more clips than anyone has; those without a video here are named by <see cref="Absent"/>.
    /// </summary>
    /// <exception cref="DataFormatException">The list breaks its format, or none of its clips has a video.</exception>
    public IReadOnlyList<ConditionVideo> List()
    {
        (List<ConditionVideo> found, List<SekaiEntry> absent) = Look();
        return found.Count > 0
            ? found
            : throw new DataFormatException(listPath, absent[0].Line, $"none of its {absent.Count} clips has a video below {folder}; expected {absent[0].VideoId}/{absent[0].ClipName}.mp4 or {absent[0].VideoId}.mp4 for this one");
    }

    /// <summary>The clips of the list that have no video in the folder.</summary>
    /// <exception cref="DataFormatException">The list breaks its format.</exception>
    public IReadOnlyList<SekaiEntry> Absent() => Look().Absent;

    private (List<ConditionVideo> Found, List<SekaiEntry> Absent) Look()
    {
        if (!Directory.Exists(folder)) throw new VideoException(folder, "there is no such folder of videos.") { Kind = VideoProblem.Missing };
        List<ConditionVideo> found = [];
        List<SekaiEntry> absent = [];
        foreach (SekaiEntry entry in SekaiList.Read(listPath))
        {
            if (Find(Path.Combine(entry.VideoId, entry.ClipName), entry.ClipName) is { } cut) found.Add(Video(entry, cut, null));
            else if (Find(entry.VideoId, Path.Combine(entry.VideoId, entry.VideoId)) is { } whole)
                found.Add(Video(entry, whole, new SourceCut(entry.StartFrame, entry.EndFrame, SekaiList.FrameRate)));
            else absent.Add(entry);
        }

        return (found, absent);
    }

    private ConditionVideo Video(SekaiEntry entry, string path, SourceCut? cut)
    {
        ConditionPrompt prompt = SidecarPrompt.Of(path);
        if (entry.Caption is { Length: > 0 } caption) prompt = ConditionPrompt.Found(caption, $"{Path.GetFileName(listPath)}:{entry.Line}");
        else if (cut is not null) prompt = ConditionPrompt.Missing("the list has no caption for it");
        return new ConditionVideo { Name = entry.ClipName, Path = path, Cut = cut, Prompt = prompt };
    }

    private string? Find(params string[] names) =>
        names.SelectMany(_ => Extensions, (name, extension) => Path.Combine(folder, name + extension)).FirstOrDefault(File.Exists);
}
