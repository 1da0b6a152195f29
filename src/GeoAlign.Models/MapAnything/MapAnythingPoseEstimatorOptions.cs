using GeoAlign.Rewards;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Settings of a pose estimator on MapAnything.</summary>
public sealed record MapAnythingPoseEstimatorOptions
{
    /// <summary>Sizes of the network; null: read from the weights and the <c>config.json</c> beside them.</summary>
    public MapAnythingConfig? Config { get; init; }

    /// <summary>Where the network lives; null: the CPU.</summary>
    public Device? Device { get; init; }

    /// <summary>
    /// Type of the transformers' matrix products: Float32, or BFloat16, which the reference uses on GPUs. Heads are in float32 always.
    /// </summary>
    public ScalarType Type { get; init; } = ScalarType.Float32;

    /// <summary>
    /// Whether estimates carry a confidence of each frame. It needs the dense head, whose work grows with the pixels; poses do not change.
    /// </summary>
    public bool Confidence { get; init; }

    /// <summary>Rule for the size of the network's images; null: the reference's sizes around 518 for a patch of 14, around 512 for one of 16.</summary>
    public NetworkImageSize? ImageSize { get; init; }

    /// <summary>
    /// Most views, over all videos, in one run. Ours: one clip of 81 frames at a time, or several shorter ones. A longer video runs alone:
    /// its views must see one another.
    /// </summary>
    public int MaxViewsPerRun { get; init; } = 81;

    /// <summary>Bound of the memory of attention; see <see cref="MapAnythingNetwork.MaxAttentionScores"/>.</summary>
    public long? MaxAttentionScores { get; init; }

    /// <summary>What the poses must satisfy.</summary>
    public PoseGuards Guards { get; init; } = new();

    /// <summary>Shortest quaternion, before it is made a unit one, that still has a direction. Ours: an ordinary one is near 1.</summary>
    public double MinQuaternionLength { get; init; } = 1e-4;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public MapAnythingPoseEstimatorOptions Validated()
    {
        List<string> errors = [];
        if (Type is not (ScalarType.Float32 or ScalarType.BFloat16 or ScalarType.Float64)) errors.Add($"{nameof(Type)} is {Type}, must be Float32, BFloat16 or Float64");
        if (MaxViewsPerRun < 1) errors.Add(FormattableString.Invariant($"{nameof(MaxViewsPerRun)} is {MaxViewsPerRun}, must be ≥ 1"));
        if (MaxAttentionScores < 1) errors.Add(FormattableString.Invariant($"{nameof(MaxAttentionScores)} is {MaxAttentionScores}, must be ≥ 1"));
        if (!(MinQuaternionLength >= 0 && MinQuaternionLength < 1)) errors.Add(FormattableString.Invariant($"{nameof(MinQuaternionLength)} is {MinQuaternionLength}, must be in [0, 1)"));
        if (errors.Count > 0) throw new ArgumentException($"{nameof(MapAnythingPoseEstimatorOptions)}: {string.Join("; ", errors)}.");
        Guards.Validated();
        return this;
    }
}
