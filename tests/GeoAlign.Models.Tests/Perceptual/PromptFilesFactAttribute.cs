namespace GeoAlign.Models.Tests;

/// <summary>A fact about the published prompts, which are not part of the repository. Where there is no folder with them it is skipped, saying so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PromptFilesFactAttribute : FactAttribute
{
    private const string Variable = "GEOALIGN_REWARD_PROMPTS";

    public PromptFilesFactAttribute()
    {
        if (Folder is null) Skip = $"{Variable} names no folder with {RewardPrompt.VideoAlignFileName} and {RewardPrompt.HpsV3FileName}.";
    }

    /// <summary>Folder with both files: the one that is named, or shared/reference/data beside the repository.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : Path.Combine(Path.GetDirectoryName(Repository.Root) ?? "", "shared", "reference", "data") is var beside && File.Exists(Path.Combine(beside, RewardPrompt.HpsV3FileName))
            ? beside
            : null;
}
