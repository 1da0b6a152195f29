namespace GeoAlign.Train;

/// <summary>What is said about each condition video.</summary>
internal static class Prompts
{
    /// <summary>
    /// Text of the file beside the video (<c>walk.mp4</c>: <c>walk.txt</c>; a folder <c>walk</c>: <c>walk.txt</c>), else the common prompt.
    /// </summary>
    /// <param name="video">Video file or folder of frames.</param>
    /// <param name="common">Prompt of videos without such a file; null if there is none.</param>
    /// <param name="hasTextEncoder">Whether prompts are read at all.</param>
    /// <exception cref="ArgumentException">A prompt is needed and there is none, or there is one and nobody to read it.</exception>
    public static string Of(string video, string? common, bool hasTextEncoder)
    {
        if (!hasTextEncoder)
            return common is null ? "" : throw new ArgumentException("--prompt is given, but no text encoder that could read it; add --text-encoder and --tokenizer, or --checkpoints.");
        string file = SidecarOf(video);
        if (File.Exists(file)) return File.ReadAllText(file).Trim();
        return common ?? throw new ArgumentException($"{video} has no prompt: write one into {file}, or give one for all with --prompt (it may be empty).");
    }

    /// <summary>The file beside a video that holds its prompt.</summary>
    public static string SidecarOf(string video) => Directory.Exists(video)
        ? Path.TrimEndingDirectorySeparator(video) + ".txt"
        : Path.ChangeExtension(video, ".txt");
}
