using TorchSharp;

namespace GeoAlign.Models;

/// <summary>How a pose network is opened, whichever kind it is.</summary>
public sealed record PoseNetworkOptions
{
    /// <summary>Device of a network with weights, as Torch names it: cpu, cuda, cuda:1. An ONNX file goes by <see cref="ExecutionProvider"/>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// Type of the matrix products of a network with weights; null: BFloat16 on CUDA, where the reference runs in it, else Float32.
    /// </summary>
    public torch.ScalarType? Type { get; init; }

    /// <summary>Execution provider of an ONNX file, by ONNX Runtime's name.</summary>
    public string ExecutionProvider { get; init; } = "CPU";

    /// <summary>Threads; 0: the runtime's own choice. For a network with weights this sets Torch's threads, which all networks of the process share.</summary>
    public int Threads { get; init; }

    /// <summary>Whether estimates of a network with weights carry a confidence of each frame, which costs time; poses do not change. An ONNX file decides itself.</summary>
    public bool Confidence { get; init; }

    /// <summary>What the poses must satisfy; null: what either kind asks by default.</summary>
    public Rewards.PoseGuards? Guards { get; init; }
}
