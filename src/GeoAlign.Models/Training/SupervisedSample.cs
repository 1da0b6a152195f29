namespace GeoAlign.Models;

/// <summary>One example of supervised training: what the network is told, and the latents it shall learn to reach.</summary>
public sealed record SupervisedSample
{
    /// <summary>What the network is told.</summary>
    public required FlowInputs Inputs { get; init; }

    /// <summary>Clean latents of the target video, of the size that the inputs say.</summary>
    public required ReadOnlyMemory<float> Target { get; init; }
}
