namespace GeoAlign.Train;

/// <summary>The files of the rewards. What is not named is not used.</summary>
internal sealed record RewardFiles
{
    /// <summary>Pose estimator: an ONNX file of the contract pose-estimator/1, or MapAnything's folder or weight file.</summary>
    public string? PoseModel { get; init; }

    /// <summary>ONNX Runtime's execution provider for a pose estimator in an ONNX file.</summary>
    public string ExecutionProvider { get; init; } = "CPU";

    /// <summary>VideoAlign: the published folder, one of its checkpoints, or complete weights.</summary>
    public string? VideoAlign { get; init; }

    /// <summary>HPSv3: its weight file.</summary>
    public string? HpsV3 { get; init; }

    /// <summary>Qwen2-VL-2B-Instruct, which VideoAlign's published weights are additions to.</summary>
    public string? QwenBase { get; init; }

    /// <summary>Folder of Qwen2-VL's tokenizer; null for the base model's or the weights'.</summary>
    public string? QwenTokenizer { get; init; }

    /// <summary>Whether prompt files with another text than the published one are taken.</summary>
    public bool AcceptsOtherText { get; init; }

    /// <summary>Addresses of scorers in other processes.</summary>
    public IReadOnlyList<string> Remote { get; init; } = [];

    /// <summary>Weight λ of each reward dimension; one that is not named has 1.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();
}
