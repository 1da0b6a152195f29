using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using GeoAlign.Rewards;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Finds the camera path of videos with MapAnything (arXiv 2509.13414), in metres.</summary>
/// <remarks>
/// All frames of a video pass the network at once, frame 0 as the reference view. A frame's pose depends on which other frames are there,
/// so videos to be compared must be given with the same frames and settings; <see cref="SubsampledPoseEstimator"/> takes fewer.
/// </remarks>
public sealed class MapAnythingPoseEstimator : IPoseEstimator, IMovablePart, IDisposable
{
    private static readonly PoseModelConventions Conventions = new()
    {
        Normalisation = PixelNormalisation.ImageNet,
        Resize = ResizeMode.CoverLanczosBicubic,
        Format = PoseFormat.QuaternionXyzw,
        Direction = PoseDirection.CameraToWorld,
        Axes = PoseAxes.OpenCv,
        Scale = TranslationScale.Metric,
    };

    // Shapes that stand for a size rule in the identity: each size of the reference's tables is the answer to one of them.
    private static readonly double[] TypicalAspects = [0.4, 0.5, 0.5625, 0.6, 0.7, 0.75, 1, 1.2, 4 / 3.0, 1.5, 832 / 480.0, 16 / 9.0, 2, 2.4, 3, 4];

    private static readonly JsonSerializerOptions WithInfinity = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly MapAnythingNetwork _network;
    private readonly MapAnythingPoseEstimatorOptions _options;
    private readonly PoseModelDecoder _decoder;
    private readonly NetworkImageSize _sizes;
    private readonly Device _home;
    private readonly Lock _gate = new();            // one run at a time, and none during a move

    /// <summary>Takes a network, which is disposed with the estimator.</summary>
    /// <exception cref="ArgumentException">A setting is bad, or does not fit the network.</exception>
    public MapAnythingPoseEstimator(MapAnythingNetwork network, MapAnythingPoseEstimatorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_network, _home, _options) = (network, network.Device, (options ?? new()).Validated());
        if (_options.Confidence && network.Config.Dense is null)
            throw new ArgumentException($"{nameof(MapAnythingPoseEstimatorOptions.Confidence)} is set, but the network has no dense head.", nameof(options));
        _decoder = new PoseModelDecoder(Conventions, _options.Guards);
        _sizes = _options.ImageSize ?? network.Config.PatchPixels switch
        {
            14 => NetworkImageSize.Mapped518,
            16 => NetworkImageSize.Mapped512,
            int patch => throw new ArgumentException($"The network has patches of {patch}; say which images it takes with {nameof(MapAnythingPoseEstimatorOptions.ImageSize)}.", nameof(options)),
        };
        network.MaxAttentionScores = _options.MaxAttentionScores;
        Identity = IdentityOf(network, _options, _sizes);
    }

    /// <inheritdoc/>
    public bool IsMetric => true;

    /// <inheritdoc/>
    public string Name => "MapAnything";

    /// <summary>Where the network is.</summary>
    public Device Device => _network.Device;

    /// <summary>
    /// Text that two estimators share if they have the same checkpoint and the same settings as far as those change estimates: a key for
    /// stored estimates. The checkpoint is known by its vectors (norms, biases, scales, tokens), which any training changes.
    /// </summary>
    public string Identity { get; }

    /// <summary>Opens a release: a folder or a weight file, with the <c>config.json</c> in the same folder if there is one.</summary>
    /// <param name="path">A folder with one network, or a file <c>.safetensors</c>, its index, or <c>.pth</c>.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="FileNotFoundException">Nothing is there.</exception>
    /// <exception cref="WeightFormatException">A file breaks its format, or is not MapAnything's.</exception>
    /// <exception cref="WeightMismatchException">A key is missing, unknown to MapAnything or of another shape.</exception>
    /// <exception cref="ArgumentException">A setting is bad, or does not fit the network.</exception>
    public static MapAnythingPoseEstimator Load(string path, MapAnythingPoseEstimatorOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options = (options ?? new()).Validated();
        using IWeightSource weights = WeightSources.Open(path);
        MapAnythingConfig config = options.Config ?? MapAnythingConfig.Detect(weights, ConfigBeside(path));
        MapAnythingNetwork network = MapAnythingNetwork.Load(
            options.Confidence ? config : config with { Dense = null }, weights, options.Device, options.Type);
        try
        {
            return new MapAnythingPoseEstimator(network, options);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async ValueTask<IReadOnlyList<PoseEstimationResult>> EstimateAsync(IReadOnlyList<VideoFrames> videos, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(videos);
        return await Task.Run(() => Estimate(videos, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>The device is the one the network was on when the estimator was made.</remarks>
    public void ToDevice() => MoveTo(_home);

    /// <inheritdoc/>
    public void ToHost() => MoveTo(CPU);

    /// <summary>Moves the network to a device, after the run under way.</summary>
    public void MoveTo(Device device)
    {
        lock (_gate) _network.MoveTo(device);
    }

    /// <summary>Frees the network, after the run under way.</summary>
    public void Dispose()
    {
        lock (_gate) _network.Dispose();
    }

    /// <summary>Estimates of prepared images.</summary>
    internal PoseEstimationResult[] Estimate(ReadOnlySpan<float> images, int scenes, int frames, ImageSize size, CancellationToken cancellationToken)
    {
        MapAnythingPrediction prediction;
        lock (_gate)
        {
            prediction = _network.Run(
                images, scenes, frames, size, _options.Confidence ? MapAnythingMaps.Confidence : MapAnythingMaps.None, cancellationToken);
        }

        PoseModelOutput output = new()
        {
            Scenes = scenes,
            Frames = frames,
            Format = PoseFormat.QuaternionXyzw,
            Rotations = Directed(prediction),
            Translations = prediction.TranslationsMetres,
            MetricScale = prediction.MetricScale,
            Confidence = prediction.Confidence,
            ValidMask = Probabilities(prediction.ValidLogits.Span),
        };
        return [.. Enumerable.Range(0, scenes).Select(scene => _decoder.Decode(output, scene))];
    }

    private PoseEstimationResult[] Estimate(IReadOnlyList<VideoFrames> videos, CancellationToken cancellationToken)
    {
        PoseEstimationResult[] results = new PoseEstimationResult[videos.Count];
        var alike = Enumerable.Range(0, videos.Count).GroupBy(i => (videos[i].FrameCount, Target: Target(videos[i])));
        foreach (var group in alike)
        {
            foreach (int[] indices in group.Chunk(Math.Max(1, _options.MaxViewsPerRun / group.Key.FrameCount)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                float[] images = Prepare([.. indices.Select(i => videos[i])], group.Key.Target);
                PoseEstimationResult[] found = Estimate(images, indices.Length, group.Key.FrameCount, group.Key.Target, cancellationToken);
                for (int scene = 0; scene < indices.Length; scene++) results[indices[scene]] = found[scene];
            }
        }

        return results;
    }

    private static float[] Prepare(VideoFrames[] videos, ImageSize target)
    {
        int frames = videos[0].FrameCount, frameSize = 3 * target.WidthPixels * target.HeightPixels;
        float[] images = new float[checked(videos.Length * frames * frameSize)];
        for (int scene = 0; scene < videos.Length; scene++)
        {
            VideoFrames video = videos[scene];
            FramePreprocessor preprocessor = new(new(video.WidthPixels, video.HeightPixels), target, Conventions.Resize, Conventions.Normalisation);
            for (int frame = 0; frame < frames; frame++)
                preprocessor.Write(video.Frame(frame), images.AsSpan((scene * frames + frame) * frameSize, frameSize));
        }

        return images;
    }

    private ImageSize Target(VideoFrames video) => _sizes.For((double)video.WidthPixels / video.HeightPixels);

    // A quaternion too short to have a direction keeps its own length, so that the guard refuses it and says which length it had.
    private float[] Directed(MapAnythingPrediction prediction)
    {
        float[] quaternions = prediction.QuaternionsXyzw.ToArray();
        ReadOnlySpan<float> lengths = prediction.QuaternionLengths.Span;
        for (int view = 0; view < lengths.Length; view++)
        {
            if (!(lengths[view] < _options.MinQuaternionLength)) continue;
            for (int i = 4 * view; i < 4 * view + 4; i++) quaternions[i] *= lengths[view];
        }

        return quaternions;
    }

    private static float[] Probabilities(ReadOnlySpan<float> logits)
    {
        float[] probabilities = new float[logits.Length];
        for (int i = 0; i < probabilities.Length; i++) probabilities[i] = 1 / (1 + MathF.Exp(-logits[i]));
        return probabilities;
    }

    private static string? ConfigBeside(string path)
    {
        string? folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path));
        string file = Path.Combine(folder ?? "", "config.json");
        return File.Exists(file) ? file : null;
    }

    private static string IdentityOf(MapAnythingNetwork network, MapAnythingPoseEstimatorOptions options, NetworkImageSize sizes)
    {
        string checkpoint = FrozenWeightsDigest.Of(network.named_parameters().Where(p => p.Item2.shape.Length == 1 && !MapAnythingKeys.IsDense(p.Item1)));
        string settings = JsonSerializer.Serialize(
            new
            {
                network.Config,
                Type = options.Type.ToString(),
                options.Confidence,
                Sizes = TypicalAspects.Select(sizes.For),
                options.Guards,
                options.MinQuaternionLength,
            },
            WithInfinity);
        return "mapanything:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(checkpoint + settings)))[..32];
    }
}
