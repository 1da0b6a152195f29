namespace GeoAlign.Rewards;

/// <summary>Settings of a pose estimator on an ONNX model.</summary>
public sealed record OnnxPoseEstimatorOptions
{
    /// <summary>How the file is opened.</summary>
    public OnnxPoseModelOptions Model { get; init; } = new();

    /// <summary>What its poses must satisfy.</summary>
    public PoseGuards Guards { get; init; } = new();

    /// <summary>Rule for the image size of a model that takes any; null: the sizes around 518 for a patch of 14, around 512 for one of 16.</summary>
    public NetworkImageSize? DynamicSize { get; init; }

    /// <summary>Most videos in one run of a model with a free batch axis. Ours: memory grows with it, and the network's attention dominates the time anyway.</summary>
    public int MaxVideosPerRun { get; init; } = 4;
}
