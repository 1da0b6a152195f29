namespace GeoAlign.Models;

/// <summary>Settings of <see cref="HpsV3Reward"/>. How a video's frames are chosen and joined is ours: the paper gives neither.</summary>
public sealed record HpsV3RewardOptions
{
    /// <summary>Every how many frames one is scored, from the first on. 4: those at the latents of a video VAE of temporal stride 4.</summary>
    public int FrameStride { get; init; } = 4;

    /// <summary>How the frames' scores become one.</summary>
    public FrameAggregation Aggregation { get; init; } = FrameAggregation.Mean;

    /// <summary>Share of the frames that counts, for the two rules with a share.</summary>
    public double Share { get; init; } = 0.3;

    /// <summary>Most frames that pass the network together. Changes scores by rounding only.</summary>
    public int FramesPerPass { get; init; } = 4;

    /// <summary>Area asked for, as lower and upper bound: 256 blocks of 28×28.</summary>
    public long Pixels { get; init; } = 200_704;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    /// <exception cref="ArgumentException">A setting is bad.</exception>
    public HpsV3RewardOptions Validated()
    {
        List<string> errors = [];
        if (FrameStride < 1) errors.Add($"{nameof(FrameStride)} is {FrameStride}, must be ≥ 1");
        if (!Enum.IsDefined(Aggregation)) errors.Add($"{nameof(Aggregation)} is {Aggregation}");
        if (!(Share > 0 && Share <= 1)) errors.Add($"{nameof(Share)} is {Share}, must be in (0, 1]");
        if (FramesPerPass < 1) errors.Add($"{nameof(FramesPerPass)} is {FramesPerPass}, must be ≥ 1");
        if (Pixels < 1) errors.Add($"{nameof(Pixels)} is {Pixels}, must be ≥ 1");
        return errors.Count == 0 ? this : throw new ArgumentException("HpsV3RewardOptions: " + string.Join("; ", errors) + ".");
    }
}
