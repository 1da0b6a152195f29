using Microsoft.ML.OnnxRuntime;

namespace GeoAlign.Rewards;

/// <summary>How ONNX Runtime runs a model.</summary>
public sealed record OnnxSessionOptions
{
    private const string Suffix = "ExecutionProvider";

    /// <summary>Threads inside one operator; 0: ONNX Runtime's own choice.</summary>
    public int IntraOpThreads { get; init; }

    /// <summary>Threads across operators; 0: ONNX Runtime's own choice.</summary>
    public int InterOpThreads { get; init; }

    /// <summary>Execution provider, by the name ONNX Runtime gives it, with or without "ExecutionProvider" behind: "CPU", "CUDA", "Tensorrt", "ROCM", "Dml", "CoreML", "OpenVINO", ….</summary>
    public string ExecutionProvider { get; init; } = "CPU";

    /// <summary>Device of a provider that has several (CUDA, Tensorrt, ROCM, Dml).</summary>
    public int DeviceId { get; init; }

    /// <summary>Makes the session's options.</summary>
    /// <exception cref="ArgumentException">A number is negative, or the native library has no such provider; the message lists those it has.</exception>
    internal SessionOptions Create()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(IntraOpThreads);
        ArgumentOutOfRangeException.ThrowIfNegative(InterOpThreads);
        ArgumentOutOfRangeException.ThrowIfNegative(DeviceId);
        string name = ExecutionProvider.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? ExecutionProvider[..^Suffix.Length] : ExecutionProvider;
        string[] available = OrtEnv.Instance().GetAvailableProviders();
        if (!available.Contains(name + Suffix, StringComparer.OrdinalIgnoreCase))
        {
            string known = string.Join(", ", available.Select(p => p.Replace(Suffix, "", StringComparison.Ordinal)));
            throw new ArgumentException($"The ONNX Runtime in use has no execution provider '{ExecutionProvider}'; it has {known}.");
        }

        SessionOptions options = new() { IntraOpNumThreads = IntraOpThreads, InterOpNumThreads = InterOpThreads };
        if (InterOpThreads > 1) options.ExecutionMode = ExecutionMode.ORT_PARALLEL;
        try
        {
            Append(options, name);
            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    private void Append(SessionOptions options, string name)
    {
        switch (name.ToUpperInvariant())
        {
            case "CPU": break;                                      // always there, last
            case "CUDA": options.AppendExecutionProvider_CUDA(DeviceId); break;
            case "TENSORRT": options.AppendExecutionProvider_Tensorrt(DeviceId); break;
            case "ROCM": options.AppendExecutionProvider_ROCm(DeviceId); break;
            case "DML": options.AppendExecutionProvider_DML(DeviceId); break;
            case "COREML": options.AppendExecutionProvider_CoreML(); break;
            case "OPENVINO": options.AppendExecutionProvider_OpenVINO(); break;
            default: options.AppendExecutionProvider(name); break;
        }
    }
}
