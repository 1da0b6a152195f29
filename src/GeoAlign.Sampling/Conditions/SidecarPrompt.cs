namespace GeoAlign.Sampling;

/// <summary>The prompt in a text file beside a video.</summary>
internal static class SidecarPrompt
{
    /// <summary>The text of <c>walk.txt</c> for <c>walk.mp4</c>, or for the folder <c>walk</c>.</summary>
    /// <exception cref="DataFormatException">The file is not UTF-8.</exception>
    public static ConditionPrompt Of(string video)
    {
        string path = Path.TrimEndingDirectorySeparator(video);
        string sidecar = Directory.Exists(path) ? path + ".txt" : Path.ChangeExtension(path, ".txt");
        if (!File.Exists(sidecar)) return ConditionPrompt.Missing($"there is no {Path.GetFileName(sidecar)}");
        string text = TextLines.ReadAll(sidecar);
        return string.IsNullOrWhiteSpace(text) ? ConditionPrompt.Missing($"{Path.GetFileName(sidecar)} is empty") : ConditionPrompt.Found(text, Path.GetFileName(sidecar));
    }
}
