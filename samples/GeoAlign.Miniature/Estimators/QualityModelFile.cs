namespace GeoAlign.Miniature;

/// <summary>Writes a projection network as an ONNX file that scores pictures.</summary>
internal static class QualityModelFile
{
    /// <summary>Name of the input, [N, 3, 16, 16] in [−1, 1].</summary>
    public const string Input = "frames";

    /// <summary>Name of the output, [N]: minus the root mean square distance to the projection, in picture values. Larger is better, 0 is perfect.</summary>
    public const string Output = "score";

    public static OnnxGraph Graph(ProjectionNetwork network, string name)
    {
        const int side = 16, length = 3 * side * side;
        OnnxGraph graph = new(name);
        string pictures = graph.Reshape(graph.Input(Input, "frames", 3, side, side), -1, length);
        string difference = graph.Minus(pictures, network.Write(graph, pictures));
        string distance = graph.SquareRoot(graph.Mean(graph.Times(difference, difference), 1));
        graph.Output(graph.Reshape(graph.Times(distance, -1), -1), Output, "frames");
        return graph;
    }
}
