namespace GeoAlign.Train;

/// <summary>The files of the rewards. What is not named is not used; one pose estimator is.</summary>
internal sealed record RewardFiles
{
    /// <summary>Pose estimator, an ONNX file of the contract pose-estimator/1; not used where <see cref="MapAnything"/> is given.</summary>
    public required string PoseModel { get; init; }

    /// <summary>MapAnything: a weight file or the folder of a release.</summary>
    public string? MapAnything { get; init; }

    /// <summary>VideoAlign: the published folder, one of its checkpoints, or complete weights.</summary>
    public string? VideoAlign { get; init; }

    /// <summary>Qwen2-VL, which VideoAlign's published weights are additions to.</summary>
    public string? VideoAlignBase { get; init; }

    /// <summary>HPSv3: its weight file.</summary>
    public string? HpsV3 { get; init; }

    /// <summary>Folder of Qwen2-VL's tokenizer.</summary>
    public string? Qwen2Tokenizer { get; init; }

    /// <summary>Folder of the prompts that VideoAlign and HPSv3 were trained with.</summary>
    public string? RewardPrompts { get; init; }

    /// <summary>Weight λ of each reward dimension; one that is not named has 1.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();
}
