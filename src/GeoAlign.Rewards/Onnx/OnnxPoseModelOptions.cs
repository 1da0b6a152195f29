namespace GeoAlign.Rewards;

/// <summary>How a pose model file is opened.</summary>
public sealed record OnnxPoseModelOptions
{
    /// <summary>Conventions of a model whose metadata names no contract. Must be null for one that does.</summary>
    public PoseModelConventions? Conventions { get; init; }

    /// <summary>How ONNX Runtime runs it.</summary>
    public OnnxSessionOptions Session { get; init; } = new();
}
