using TorchSharp;

namespace GeoAlign.Models;

/// <summary>How a learned reward is opened from its files.</summary>
public sealed record LearnedRewardOptions
{
    /// <summary>Device, as Torch names it: cpu, cuda, cuda:1.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Type of matrix products; null: BFloat16 on CUDA, which the published scores were computed in, else Float32.</summary>
    public torch.ScalarType? Type { get; init; }

    /// <summary>Qwen2-VL-2B-Instruct, where VideoAlign's checkpoint is an adapter.</summary>
    public string? BaseModelPath { get; init; }

    /// <summary>Folder with Qwen2-VL's tokenizer; null: that of the base model, else that of the weights.</summary>
    public string? TokenizerPath { get; init; }

    /// <summary>Take a prompt file whose text is not the published one; its scores compare with nobody's.</summary>
    public bool AcceptOtherText { get; init; }

    /// <summary>Settings of VideoAlign's reward; null: the released model's.</summary>
    public VideoAlignRewardOptions? VideoAlign { get; init; }

    /// <summary>Settings of HPSv3's reward; null: its defaults.</summary>
    public HpsV3RewardOptions? HpsV3 { get; init; }
}
