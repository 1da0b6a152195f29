using GeoAlign.Sampling;

namespace GeoAlign.Train;

/// <summary>What is said about each condition video.</summary>
internal static class Prompts
{
    private const int MostNamed = 5;

    /// <summary>The video's own prompt (from the text file beside it, a list, or a file of captions), else the common one.</summary>
    /// <param name="video">The video.</param>
    /// <param name="common">Prompt of videos without their own; null if there is none.</param>
    /// <param name="isRead">Whether anything reads prompts.</param>
    /// <exception cref="ArgumentException">A prompt is needed and there is none, or there is one and nobody to read it.</exception>
    public static string Of(ConditionVideo video, string? common, bool isRead)
    {
        if (!isRead)
            return common is null ? "" : throw new UsageException("--prompt is given, but no network that could read it; add --text-encoder and --tokenizer, or --checkpoints.");
        return video.Prompt.Text ?? common ?? throw Missing([video]);
    }

    /// <summary>The prompts of all videos.</summary>
    /// <inheritdoc cref="Of(ConditionVideo, string?, bool)"/>
    public static IReadOnlyList<string> Of(IReadOnlyList<ConditionVideo> videos, string? common, bool isRead)
    {
        ConditionVideo[] without = isRead && common is null ? [.. videos.Where(video => video.Prompt.IsMissing)] : [];
        return without.Length == 0 ? [.. videos.Select(video => Of(video, common, isRead)).Distinct(StringComparer.Ordinal)] : throw Missing(without);
    }

    private static ArgumentException Missing(ConditionVideo[] videos) => new(
        $"{videos.Length} condition videos have no prompt: {string.Join("; ", videos.Take(MostNamed).Select(v => $"{v.Name}: {v.Prompt.Origin}"))}{(videos.Length > MostNamed ? "; …" : "")}. "
        + "Write one into a text file of the video's name beside it, or give one for all with --prompt (it may be empty).");
}
