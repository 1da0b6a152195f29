using GeoAlign.Rewards;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>MapAnything (arXiv 2509.13414) with images only: cameras and metric scale of the views of a scene, and maps if wanted.</summary>
/// <remarks>
/// Releases v1 and v1.1. The encoders of known rays, depth and poses, which add nothing where only images are given, are left out. Matrix
/// products of the transformers are in the chosen type; residual streams, norms and heads are never below float32, as in the reference.
/// </remarks>
public sealed class MapAnythingNetwork : nn.Module
{
    private const int Colours = 3;

    // Ours: views that pass the encoder, or a head, together. They do not see one another there, so only memory depends on it.
    private const long ViewsTogether = 16;

    // Ours: scores of attention that may exist at a time, 256 MB in float32 on a CPU and 2 GB in bfloat16 elsewhere. A fused kernel
    // holds none, and pieces of this size keep a large device busy.
    private const long MostScoresOnCpu = 1L << 26, MostScoresElsewhere = 1L << 30;

    private readonly NumberFormats _formats;
    [ComponentName(Name = "scale_token")] private readonly Parameter _sceneToken;
    [ComponentName(Name = "encoder")] private readonly ImageEncoder _encoder;
    [ComponentName(Name = "fusion_norm_layer")] private readonly AffineLayerNorm _fusionNorm;
    [ComponentName(Name = "info_sharing")] private readonly ViewSharing _sharing;
    [ComponentName(Name = "pose_head")] private readonly PoseHead _poseHead;
    [ComponentName(Name = "scale_head")] private readonly ScaleHead _scaleHead;
    [ComponentName(Name = "dense_head")] private readonly DenseHead? _denseHead;

    internal MapAnythingNetwork(MapAnythingConfig config, Device device, ScalarType type) : base("mapanything")
    {
        Config = config.Validated();
        ParameterFactory make = new(device, new NumberFormats(type));
        _formats = make.Formats;
        _sceneToken = make.Exact(config.Encoder.Width);
        _encoder = new ImageEncoder(make, config);
        _fusionNorm = new AffineLayerNorm(make, config.Encoder.Width, MapAnythingConfig.Epsilon);
        _sharing = new ViewSharing(make, config);
        (_poseHead, _scaleHead) = (new PoseHead(make, config), new ScaleHead(make, config));
        _denseHead = config.Dense is null ? null : new DenseHead(make, config, config.Dense);
        RegisterComponents();
    }

    /// <summary>Sizes of the network.</summary>
    public MapAnythingConfig Config { get; }

    /// <summary>Type of matrix products.</summary>
    public ScalarType Type => _formats.Compute;

    /// <summary>Where the network is.</summary>
    public Device Device => _sceneToken.device;

    /// <summary>
    /// Most attention scores (views or scenes × heads × queries × keys) that may exist at a time. Null: 2²⁶ on a CPU, 2³⁰ elsewhere.
    /// A kernel that holds them has them about three times, before and after the softmax. It changes memory, not the result.
    /// </summary>
    public long? MaxAttentionScores { get; set; }

    /// <summary>A network with the weights of a file.</summary>
    /// <param name="config">Sizes the file must have. Without <see cref="MapAnythingConfig.Dense"/> the dense head is neither made nor read.</param>
    /// <param name="weights">
    /// Opened weight file, with any of the names the reference gives its tensors; may be closed afterwards. What serves other inputs than
    /// images stays unread.
    /// </param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">Type of matrix products: Float32, BFloat16 or Float64.</param>
    /// <exception cref="WeightMismatchException">A key is missing, unknown to MapAnything or of another shape.</exception>
    public static MapAnythingNetwork Load(MapAnythingConfig config, IWeightSource weights, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        IWeightSource canonical = MapAnythingKeys.Canonical(weights);
        bool hasReferencePosition = canonical.Entries.ContainsKey(MapAnythingKeys.ReferencePosition);
        using (MapAnythingNetwork shapes = new(config, META, type)) shapes.Check(canonical, hasReferencePosition);       // before memory is taken
        MapAnythingNetwork network = new(config, device ?? CPU, type);
        try
        {
            if (!hasReferencePosition) network._sharing.FillReferencePosition();
            ModuleWeights.Load(network, canonical, KeyTolerance.Missing | KeyTolerance.Unused);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Runs the network.</summary>
    /// <param name="images">B×V×3×H×W numbers, normalised with <see cref="PixelNormalisation.ImageNet"/>, the reference view first in each scene.</param>
    /// <param name="scenes">B: scenes that have nothing to do with one another.</param>
    /// <param name="frames">V: views of each.</param>
    /// <param name="size">W and H, multiples of the patch.</param>
    /// <param name="maps">Which maps to compute.</param>
    /// <param name="cancellationToken">Looked at before every block.</param>
    /// <returns>A number that is not finite makes all of its scene so, and nothing of the others.</returns>
    /// <exception cref="ArgumentException">The numbers do not fit the shape, or the size does not fit the patch.</exception>
    /// <exception cref="InvalidOperationException">Maps are wanted of a network without a dense head.</exception>
    public MapAnythingPrediction Run(
        ReadOnlySpan<float> images, int scenes, int frames, ImageSize size, MapAnythingMaps maps = MapAnythingMaps.None,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scenes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames);
        if (size.WidthPixels < 1 || size.HeightPixels < 1 || size.WidthPixels % Config.PatchPixels != 0 || size.HeightPixels % Config.PatchPixels != 0)
            throw new ArgumentException($"Images of {size} pixels, expected whole patches of {Config.PatchPixels}.", nameof(size));
        long expected = (long)scenes * frames * Colours * size.WidthPixels * size.HeightPixels;
        if (images.Length != expected)
            throw new ArgumentException($"{images.Length} numbers, expected {expected} for {scenes} scenes of {frames} frames of {size} pixels.", nameof(images));
        if (maps != MapAnythingMaps.None && _denseHead is null)
            throw new InvalidOperationException($"The network was made without a dense head, so it has no maps; set {nameof(MapAnythingConfig)}.{nameof(MapAnythingConfig.Dense)}.");

        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor input = HostTensors.From(images, [scenes, frames, Colours, size.HeightPixels, size.WidthPixels], _formats.Exact, Device);
        MapAnythingTensors raw = Forward(input, maps != MapAnythingMaps.None, null, cancellationToken);
        return raw.Download(scenes, frames, size, maps);
    }

    /// <summary>Moves the weights to a device, in place. Not while a run is under way.</summary>
    public void MoveTo(Device device) => this.to(device);

    /// <summary>Raw outputs of <c>[scenes, views, 3, H, W]</c>. Runs without gradient, in the caller's scope.</summary>
    internal MapAnythingTensors Forward(Tensor images, bool dense, Action<string, Tensor>? probe, CancellationToken cancellationToken)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        long[] size = images.shape;
        (long scenes, long frames, long rows, long columns) = (size[0], size[1], size[3] / Config.PatchPixels, size[4] / Config.PatchPixels);
        (long views, long patches) = (scenes * frames, rows * columns);
        long mostScores = MaxAttentionScores ?? (Device.type == DeviceType.CPU ? MostScoresOnCpu : MostScoresElsewhere);

        (Tensor fused, Tensor tokens) = Encode(images.view(views, Colours, size[3], size[4]), mostScores, probe, cancellationToken);
        probe?.Invoke("fused", fused);
        if (!dense) fused.Dispose();
        (Tensor shared, Tensor scene, Tensor[] taps) = _sharing.Apply(
            tokens.view(scenes, frames, tokens.shape[1], tokens.shape[2]), _sceneToken, mostScores, dense, probe, cancellationToken);
        tokens.Dispose();

        Tensor last = Patches(shared);
        Tensor pose = InPieces(views, (start, count) => _poseHead.Apply(last.narrow(0, start, count)));
        Tensor logScale = _scaleHead.Apply(scene);
        probe?.Invoke("pose_raw", pose);
        probe?.Invoke("scale_raw", logScale);
        if (!dense) return new MapAnythingTensors(pose.MoveToOuterDisposeScope(), logScale.MoveToOuterDisposeScope(), null);

        Tensor[] maps = [fused, .. taps.Select(Patches), last];
        Tensor pixels = InPieces(views, (start, count) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            Tensor[] grids = [.. maps.Select(map => map.narrow(0, start, count).view(count, rows, columns, map.shape[2]))];
            return _denseHead!.Apply(grids, (int)size[3], (int)size[4]);
        });
        return new MapAnythingTensors(pose.MoveToOuterDisposeScope(), logScale.MoveToOuterDisposeScope(), pixels.MoveToOuterDisposeScope());

        // [scenes, frames, tokens, width] to [views, patches, width].
        Tensor Patches(Tensor x) => x.narrow(2, 0, patches).reshape(views, patches, x.shape[3]);
    }

    /// <summary>Normalised patch tokens, and the tokens that enter the information sharing: <c>[views, tokens, width]</c> both.</summary>
    private (Tensor Fused, Tensor Tokens) Encode(Tensor images, long mostScores, Action<string, Tensor>? probe, CancellationToken cancellationToken)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tokens = InPieces(images.shape[0], (start, count) =>
            _encoder.Apply(images.narrow(0, start, count), mostScores, probe, cancellationToken));
        Tensor fused = _fusionNorm.Apply(tokens.narrow(1, 1, tokens.shape[1] - 1));
        Tensor all = Config.SharesImageToken ? cat([fused, tokens.narrow(1, 0, 1)], dim: 1) : fused.alias();
        return (fused.MoveToOuterDisposeScope(), all.MoveToOuterDisposeScope());
    }

    private static Tensor InPieces(long views, Func<long, long, Tensor> map)
    {
        using DisposeScope scope = NewDisposeScope();
        List<Tensor> pieces = [];
        for (long start = 0; start < views; start += ViewsTogether)
        {
            using DisposeScope pieceScope = NewDisposeScope();
            pieces.Add(map(start, Math.Min(ViewsTogether, views - start)).MoveToOuterDisposeScope());
        }

        return (pieces.Count == 1 ? pieces[0] : cat(pieces, dim: 0)).MoveToOuterDisposeScope();
    }

    private void Check(IWeightSource weights, bool hasReferencePosition)
    {
        Dictionary<string, IReadOnlyList<long>> wanted = new(ModuleWeights.ShapesOf(this), StringComparer.Ordinal);
        if (!hasReferencePosition) wanted.Remove(MapAnythingKeys.ReferencePosition);
        Dictionary<string, WeightEntry> considered = new(weights.Entries.Where(entry => Considers(entry.Key)), StringComparer.Ordinal);
        WeightKeyReport.Compare(wanted, considered).Require(weights.Path, KeyTolerance.None);
    }

    private bool Considers(string name) => !MapAnythingKeys.IsUnneeded(name) && (_denseHead is not null || !MapAnythingKeys.IsDense(name));

    private sealed class ImageEncoder : nn.Module
    {
        [ComponentName(Name = "model")] private readonly DinoEncoder _model;

        public ImageEncoder(ParameterFactory make, MapAnythingConfig config) : base(nameof(ImageEncoder))
        {
            _model = new DinoEncoder(make, config);
            RegisterComponents();
        }

        public Tensor Apply(Tensor views, long mostScores, Action<string, Tensor>? probe, CancellationToken cancellationToken) =>
            _model.Apply(views, mostScores, probe, cancellationToken);

        public Tensor Positions(int rows, int columns) => _model.Positions(rows, columns);
    }
}
