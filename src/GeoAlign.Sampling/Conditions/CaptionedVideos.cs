namespace GeoAlign.Sampling;

/// <summary>The videos of another source with the prompts of a file of captions. A video that the file does not name keeps the prompt it has.</summary>
/// <param name="videos">The videos.</param>
/// <param name="captions">The prompts.</param>
public sealed class CaptionedVideos(IConditionVideoSource videos, CaptionFile captions) : IConditionVideoSource
{
    /// <inheritdoc/>
    public IReadOnlyList<ConditionVideo> List() => [.. videos.List().Select(video =>
    {
        ConditionPrompt prompt = captions.PromptOf(video.Name);
        return !prompt.IsMissing ? video with { Prompt = prompt }
            : video.Prompt.IsMissing ? video with { Prompt = ConditionPrompt.Missing($"{video.Prompt.Origin}; {prompt.Origin}") }
            : video;
    })];
}
