using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using GeoAlign.Rewards;
using TorchSharp;

namespace GeoAlign.Models;

/// <summary>A pose estimator from a file or folder, whichever kind that is: an ONNX network, or the weights of MapAnything.</summary>
/// <remarks>What it is goes by the path: a file <c>.onnx</c>, or a folder or file with weights.</remarks>
public sealed class PoseNetwork : IPoseEstimator, IMovablePart, IDisposable
{
    private const string Onnx = ".onnx";
    private static readonly string[] Weights = [".safetensors", ".safetensors.index.json", ".pth", ".pt", ".bin"];

    private static readonly JsonSerializerOptions WithInfinity = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly IPoseEstimator _estimator;
    private readonly Lazy<string> _identity;

    private PoseNetwork(OnnxPoseEstimator estimator, string path, PoseGuards guards)
    {
        (_estimator, Name, IsOnnx) = (estimator, Path.GetFileName(path), true);
        _identity = new(() => $"{Name} {HashOf(path, guards)}");
    }

    private PoseNetwork(MapAnythingPoseEstimator estimator, string path)
    {
        (_estimator, Name) = (estimator, $"{estimator.Name}, {Path.GetFileName(Path.TrimEndingDirectorySeparator(path))}");
        _identity = new(() => estimator.Identity);
    }

    /// <summary>What it is called: the file's name, with that of the network where the file holds weights.</summary>
    public string Name { get; }

    /// <summary>Whether it is an ONNX file.</summary>
    public bool IsOnnx { get; }

    /// <summary>Text that two networks share only if their estimates are the same: a key for stored estimates. For an ONNX file its content is read, with that of files beside it that hold its weights.</summary>
    public string Identity => _identity.Value;

    /// <inheritdoc/>
    public bool IsMetric => _estimator.IsMetric;

    /// <summary>Opens a network.</summary>
    /// <param name="path">A file <c>.onnx</c> by the contract pose-estimator/1, MapAnything's folder, or its file <c>.safetensors</c> or <c>.pth</c>.</param>
    /// <param name="options">Device, number type, threads; null: the defaults.</param>
    /// <exception cref="FileNotFoundException">Nothing is there, or no weights in the folder.</exception>
    /// <exception cref="PoseModelException">The file is of another kind, or an ONNX file that breaks the contract.</exception>
    /// <exception cref="WeightFormatException">The weights break their format, or are not MapAnything's.</exception>
    /// <exception cref="WeightMismatchException">A weight is missing, unknown or of another shape.</exception>
    /// <exception cref="ArgumentException">A setting is bad.</exception>
    public static PoseNetwork Open(string path, PoseNetworkOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new PoseNetworkOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options));
        bool isFolder = Directory.Exists(path);
        if (!isFolder && !File.Exists(path)) throw new FileNotFoundException($"There is no pose model '{path}': expected an ONNX file, or MapAnything's folder or weight file.", path);
        if (isFolder || Weights.Any(HasEnding)) return new PoseNetwork(OpenMapAnything(path, options), path);
        if (HasEnding(Onnx)) return new PoseNetwork(OpenOnnx(path, options), path, options.Guards ?? new PoseGuards());
        throw new PoseModelException(path, $"this is no pose model: expected a file {Onnx}, MapAnything's folder, or its file .safetensors or .pth");

        bool HasEnding(string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PoseEstimationResult>> EstimateAsync(IReadOnlyList<VideoFrames> videos, CancellationToken cancellationToken = default) =>
        _estimator.EstimateAsync(videos, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>An ONNX network stays where it is.</remarks>
    public void ToDevice() => (_estimator as IMovablePart)?.ToDevice();

    /// <inheritdoc/>
    /// <remarks>An ONNX network stays where it is.</remarks>
    public void ToHost() => (_estimator as IMovablePart)?.ToHost();

    /// <summary>Frees the network.</summary>
    public void Dispose() => ((IDisposable)_estimator).Dispose();

    private static OnnxPoseEstimator OpenOnnx(string path, PoseNetworkOptions options) => new(path, new OnnxPoseEstimatorOptions
    {
        Model = new OnnxPoseModelOptions { Session = new OnnxSessionOptions { IntraOpThreads = options.Threads, ExecutionProvider = options.ExecutionProvider } },
        Guards = options.Guards ?? new PoseGuards(),
    });

    private static MapAnythingPoseEstimator OpenMapAnything(string path, PoseNetworkOptions options)
    {
        if (options.Threads > 0) torch.set_num_threads(options.Threads);
        torch.Device device = ComputeDevice.Named(options.Device);
        return MapAnythingPoseEstimator.Load(path, new MapAnythingPoseEstimatorOptions
        {
            Device = device,
            Type = options.Type ?? (device.type == DeviceType.CUDA ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32),
            Confidence = options.Confidence,
            Guards = options.Guards ?? new PoseGuards(),
        });
    }

    // The model's own hash where nothing else decides its estimates.
    private static string HashOf(string path, PoseGuards guards)
    {
        string model = HashOf(path);
        List<string> more = [];
        foreach (string name in OnnxSideFiles.Of(path))
        {
            string file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name);
            more.Add($"{name} {(File.Exists(file) ? HashOf(file) : "none")}");
        }

        if (guards != new PoseGuards()) more.Add(JsonSerializer.Serialize(guards, WithInfinity));
        return more.Count == 0 ? model : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', more.Prepend(model)))));
    }

    private static string HashOf(string path)
    {
        using FileStream content = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
