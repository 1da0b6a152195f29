using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>Torch layers as ONNX nodes.</summary>
/// <remarks>
/// Weights are stored in half precision: half the size, and an error far below that of a network. Round a network with
/// <see cref="RoundToStored"/> before its accuracy is measured; then the file gives what it gives.
/// </remarks>
internal static class TorchLayers
{
    /// <summary>Rounds all weights and biases in place to what a file can hold.</summary>
    public static void RoundToStored(this nn.Module network)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        foreach (Parameter weight in network.parameters()) weight.copy_(weight.to_type(ScalarType.Float16).to_type(ScalarType.Float32));
    }

    public static string Linear(this OnnxGraph graph, string x, Linear layer) => graph.Linear(x, Stored(graph, layer.weight), Stored(graph, layer.bias!));

    public static string Convolution(this OnnxGraph graph, string x, Conv2d layer, long stride, long padding) =>
        graph.Convolution(x, Stored(graph, layer.weight), Stored(graph, layer.bias!), stride, padding);

    private static string Stored(OnnxGraph graph, Parameter weight) => graph.HalfConstant(TensorValues.Of(weight), weight.shape);
}
