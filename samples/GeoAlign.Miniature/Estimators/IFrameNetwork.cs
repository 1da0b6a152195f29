using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>A network on single frames that can be written as an ONNX graph.</summary>
internal interface IFrameNetwork
{
    /// <summary>Numbers that a pose network gives for a frame: <see cref="PoseCoordinates"/> and the log damage.</summary>
    const int Outputs = PoseCoordinates.Count + 1;

    /// <summary>Frames [N, 768], planes in [−1, 1], in.</summary>
    Tensor forward(Tensor pictures);

    /// <summary>Adds the same computation to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="pictures">Name of frames [N, 768].</param>
    /// <returns>Name of what <see cref="forward"/> gives.</returns>
    string Write(OnnxGraph graph, string pictures);
}
