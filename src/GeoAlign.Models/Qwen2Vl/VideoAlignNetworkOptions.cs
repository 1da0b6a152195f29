using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>How a VideoAlign network is loaded.</summary>
public sealed record VideoAlignNetworkOptions
{
    /// <summary>Where the network lives; the CPU if null.</summary>
    public Device? Device { get; init; }

    /// <summary>
    /// Type of matrix products: Float32, BFloat16 (what the published scores were computed in) or Float64. The head, norms, softmax and
    /// sums stay at least Float32.
    /// </summary>
    public ScalarType Type { get; init; } = ScalarType.Float32;

    /// <summary>Which <c>checkpoint-N</c> of the folder to load; null for the highest N.</summary>
    public int? CheckpointStep { get; init; }

    /// <summary>
    /// Qwen2-VL-2B-Instruct: a folder or file with the weights that were frozen in training. Needed where the checkpoint is an adapter,
    /// which holds only what was trained.
    /// </summary>
    public string? BaseModelPath { get; init; }

    /// <summary>Sizes the weights must have; null to take them from a <c>config.json</c> beside the weights, or from their shapes.</summary>
    public Qwen2VlConfig? Sizes { get; init; }

    /// <summary>Ids at which scores are read.</summary>
    public VideoAlignTokens Tokens { get; init; } = VideoAlignTokens.VideoReward;

    /// <summary>
    /// Mean and deviation of the scores; null for those in <c>model_config.json</c>, or the released checkpoint's where there is no such file.
    /// </summary>
    public VideoAlignNormalisation? Normalisation { get; init; }
}
