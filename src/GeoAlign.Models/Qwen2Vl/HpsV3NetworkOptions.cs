using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>How an HPSv3 network is loaded.</summary>
public sealed record HpsV3NetworkOptions
{
    /// <summary>Where the network lives; the CPU if null.</summary>
    public Device? Device { get; init; }

    /// <summary>
    /// Type of matrix products: Float32, BFloat16 (what the published scores were computed in) or Float64. The head, norms, softmax and
    /// sums stay at least Float32.
    /// </summary>
    public ScalarType Type { get; init; } = ScalarType.Float32;

    /// <summary>Sizes the weights must have; null to take them from a <c>config.json</c> beside the weights, or from their shapes.</summary>
    public Qwen2VlConfig? Sizes { get; init; }

    /// <summary>Id of <c>&lt;|Reward|&gt;</c>, at which the score is read: the first behind Qwen2-VL's own 151,657.</summary>
    public int RewardTokenId { get; init; } = 151_657;
}
