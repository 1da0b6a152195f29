using GeoAlign.Rewards;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GeoAlign.Evaluate;

/// <summary>A frame network in an ONNX file: one float32 input [n, 3, h, w], one float32 output (the first).</summary>
internal sealed class OnnxFrameNetwork : IFrameNetwork, IDisposable
{
    private readonly string _path;
    private readonly InferenceSession _session;
    private readonly string _input, _output;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="executionProvider">CPU, CUDA, ….</param>
    /// <param name="threads">Threads; 0: the runtime's own choice.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It cannot be opened, or has another input.</exception>
    public OnnxFrameNetwork(string path, string executionProvider, int threads)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"{path}: no such network.", path);
        _path = path;
        using SessionOptions options = new() { IntraOpNumThreads = threads };
        try
        {
            if (executionProvider.Equals("CUDA", StringComparison.OrdinalIgnoreCase)) options.AppendExecutionProvider_CUDA();
            else if (!executionProvider.Equals("CPU", StringComparison.OrdinalIgnoreCase)) options.AppendExecutionProvider(executionProvider);
            _session = new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"{path}: ONNX Runtime cannot open it: {e.Message}", e);
        }

        if (_session.InputMetadata.Count != 1 || _session.InputMetadata.Values.First() is not { ElementDataType: TensorElementType.Float, Dimensions: [_, 3 or -1, _, _] })
        {
            string found = string.Join(", ", _session.InputMetadata.Select(i => $"{i.Key} {i.Value.ElementDataType} [{string.Join(", ", i.Value.Dimensions)}]"));
            _session.Dispose();
            throw new InvalidDataException($"{path}: inputs {found}; expected one, float32 [n, 3, h, w].");
        }

        (_input, _output) = (_session.InputMetadata.Keys.First(), _session.OutputNames[0]);
        Identity = ContentHash.Of(path);
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public NetworkTensor Run(IReadOnlyList<PlanarImage> frames, CancellationToken stop)
    {
        ImageSize size = frames[0].Size;
        int length = 3 * size.WidthPixels * size.HeightPixels;
        float[] images = new float[checked(frames.Count * length)];
        for (int i = 0; i < frames.Count; i++) frames[i].Values.Span.CopyTo(images.AsSpan(i * length, length));
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(images, [frames.Count, 3, size.HeightPixels, size.WidthPixels]);
        using RunOptions run = new();
        using CancellationTokenRegistration registration = stop.Register(() => run.Terminate = true);
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(run, [_input], [input], [_output]);
            OrtTensorTypeAndShapeInfo info = outputs[0].GetTensorTypeAndShape();
            if (info.ElementDataType != TensorElementType.Float) throw new InvalidOperationException($"{_path}: output {_output} is {info.ElementDataType}, expected float32.");
            float[] values = outputs[0].GetTensorDataAsSpan<float>().ToArray();
            int bad = Array.FindIndex(values, v => !float.IsFinite(v));
            if (bad >= 0) throw new InvalidOperationException($"{_path}: number {bad} of {_output} is {values[bad]}.");
            return new NetworkTensor(values, [.. info.Shape.Select(d => checked((int)d))]);
        }
        catch (OnnxRuntimeException e)
        {
            stop.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"{_path}: the run failed: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
