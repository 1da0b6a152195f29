using System.Collections.Immutable;

namespace GeoAlign.Models;

/// <summary>What the prompt file of one reward model holds.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="TextKeys">Texts that make up the question, in order.</param>
/// <param name="VisionKey">Key, under "chat", of what stands for the picture.</param>
/// <param name="VisionToken">Special token that stands for a piece of the picture.</param>
/// <param name="RewardTokens">Special tokens at which scores are read, in order.</param>
/// <param name="PublishedSha256">Digest of the published conversation, see <see cref="RewardPrompt.Sha256"/>.</param>
/// <param name="Origin">Where the published text stands.</param>
internal sealed record RewardPromptFormat(
    string Model, string FileName, ImmutableArray<string> TextKeys, string VisionKey, string VisionToken, ImmutableArray<string> RewardTokens,
    string PublishedSha256, string Origin)
{
    public static RewardPromptFormat VideoAlign { get; } = new(
        "VideoAlign", RewardPrompt.VideoAlignFileName, ["template"], "video_placeholder", "<|video_pad|>",
        ["<|VQ_reward|>", "<|MQ_reward|>", "<|TA_reward|>"],
        "f3c7219e860c771c07e7ab61ba72458aa900a1f3ebad800f2b05b9460efd5b4e",
        "the template 'detailed_special' in prompt_template.py of KwaiVGI/VideoAlign");

    public static RewardPromptFormat HpsV3 { get; } = new(
        "HPSv3", RewardPrompt.HpsV3FileName, ["instruction", "suffix_with_special_token"], "image_placeholder", "<|image_pad|>",
        ["<|Reward|>"],
        "40fd38055486d395061623e4822ddced73dcd22bd6cc7562bedd81bae934fd04",
        "INSTRUCTION and prompt_with_special_token in hpsv3/dataset/data_collator_qwen.py of MizzenAI/HPSv3");
}
