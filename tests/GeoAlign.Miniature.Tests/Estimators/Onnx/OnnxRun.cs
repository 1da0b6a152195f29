using Microsoft.ML.OnnxRuntime;

namespace GeoAlign.Miniature.Tests.Estimators;

/// <summary>Runs a graph in ONNX Runtime.</summary>
internal static class OnnxRun
{
    /// <summary>The numbers and shape of one output.</summary>
    public static (float[] Values, long[] Shape) Of(OnnxGraph graph, string output, params (string Name, float[] Values, long[] Shape)[] inputs)
    {
        using SessionOptions oneThread = new() { IntraOpNumThreads = 1 };
        using InferenceSession session = new(graph.ToArray(), oneThread);
        using RunOptions options = new();
        OrtValue[] values = [.. inputs.Select(input => OrtValue.CreateTensorValueFromMemory(input.Values, input.Shape))];
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, [.. inputs.Select(input => input.Name)], values, [output]);
            return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[0].GetTensorTypeAndShape().Shape);
        }
        finally
        {
            foreach (OrtValue value in values) value.Dispose();
        }
    }
}
