using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GeoAlign.Rewards;

/// <summary>A pose network in an ONNX file, opened and checked against the contract "pose-estimator/1". Several threads may run it at once.</summary>
public sealed class OnnxPoseModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly PoseModelSignature _signature;

    private OnnxPoseModel(string path, InferenceSession session, PoseModelConventions conventions, PoseModelSignature signature) =>
        (Path, _session, Conventions, _signature) = (path, session, conventions, signature);

    /// <summary>The model file.</summary>
    public string Path { get; }

    /// <summary>What its numbers mean.</summary>
    public PoseModelConventions Conventions { get; }

    /// <summary>Whether one run takes several scenes; a rank-4 input takes the frames of one.</summary>
    public bool HasBatchAxis => _signature.HasBatchAxis;

    /// <summary>Scenes of a run where the file fixes them; null: any number.</summary>
    public int? FixedScenes => _signature.Scenes;

    /// <summary>Frames of a run where the file fixes them; null: any number.</summary>
    public int? FixedFrames => _signature.Frames;

    /// <summary>Size of the images where file or metadata fix it; null: any.</summary>
    public ImageSize? FixedSize => _signature.Size;

    /// <summary>Opens a model by its path, so that weights in files beside it are found.</summary>
    /// <exception cref="PoseModelException">The file cannot be opened, or its inputs, outputs or metadata break the contract.</exception>
    /// <exception cref="ArgumentException">A session setting is bad, or its execution provider is not there.</exception>
    public static OnnxPoseModel Open(string path, OnnxPoseModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new OnnxPoseModelOptions();
        if (!File.Exists(path)) throw new PoseModelException(path, "no such file.");

        using SessionOptions sessionOptions = options.Session.Create();
        InferenceSession session;
        try
        {
            session = new InferenceSession(path, sessionOptions);
        }
        catch (OnnxRuntimeException error)
        {
            throw new PoseModelException(path, $"ONNX Runtime cannot open it: {error.Message}", error);
        }

        try
        {
            PoseModelConventions conventions = ConventionsOf(session, path, options.Conventions);
            return new OnnxPoseModel(path, session, conventions, PoseModelSignature.Of(session, conventions, path, explicitConventions: options.Conventions is not null));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs the network on prepared images.</summary>
    /// <param name="images">B×V×3×H×W finite numbers, normalised as the conventions say.</param>
    /// <param name="scenes">B: independent videos.</param>
    /// <param name="frames">V: frames of each.</param>
    /// <param name="size">W and H.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ArgumentException">The numbers do not fit the shape or the model.</exception>
    /// <exception cref="PoseModelException">The run failed, or an output has another shape than the contract's.</exception>
    public PoseModelOutput Run(float[] images, int scenes, int frames, ImageSize size, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        _signature.ThrowUnlessFits(scenes, frames, size, Path);
        long expected = 3L * scenes * frames * size.WidthPixels * size.HeightPixels;
        if (images.Length != expected) throw new ArgumentException($"{images.Length} numbers, expected {expected} for {scenes} scenes of {frames} frames of {size} pixels.", nameof(images));
        for (int i = 0; i < images.Length; i++)
            if (!float.IsFinite(images[i])) throw new ArgumentException($"Number {i} of the images is {images[i]}; images must be finite.", nameof(images));

        long[] shape = HasBatchAxis ? [scenes, frames, 3, size.HeightPixels, size.WidthPixels] : [frames, 3, size.HeightPixels, size.WidthPixels];
        using OrtValue input = _signature.InputType == TensorElementType.Float16
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(images, x => (Float16)x), shape)
            : OrtValue.CreateTensorValueFromMemory(images, shape);
        using RunOptions run = new();
        using CancellationTokenRegistration stop = cancellationToken.Register(() => run.Terminate = true);
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> values = _session.Run(run, [Conventions.InputName], [input], _signature.OutputNames);
            Dictionary<string, OrtValue> outputs = _signature.OutputNames.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
            return _signature.Read(outputs, scenes, frames, size, Path);
        }
        catch (OnnxRuntimeException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new PoseModelException(Path, $"the run failed: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static PoseModelConventions ConventionsOf(InferenceSession session, string path, PoseModelConventions? given)
    {
        Dictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;
        if (!PoseModelMetadata.HasContract(metadata))
        {
            return given?.Validated()
                ?? throw new PoseModelException(path, $"its metadata has no geoalign.contract, so nothing says what its numbers mean; give {nameof(OnnxPoseModelOptions)}.{nameof(OnnxPoseModelOptions.Conventions)}.");
        }

        return given is null
            ? PoseModelMetadata.Read(metadata, path)
            : throw new PoseModelException(path, $"its metadata states its conventions; {nameof(OnnxPoseModelOptions)}.{nameof(OnnxPoseModelOptions.Conventions)} must be null then.");
    }
}
