using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Qwen2-VL as a reader of images and videos: features of tokenised sequences, before the layer that would turn them into words.</summary>
/// <remarks>
/// Wang et al. 2024, "Qwen2-VL" (arXiv 2409.12191). The path names of the weights are those of the first release. Number types are chosen
/// when it is made. Norms, rotations, softmax and the residual stream stay at least float32, whatever products are computed in.
/// </remarks>
public sealed class Qwen2VlNetwork : nn.Module
{
    [ComponentName(Name = "visual")] private readonly Qwen2VlVisionTower _vision;
    [ComponentName(Name = "model")] private readonly Qwen2VlDecoder _decoder;
    [ComponentName(Name = "rm_head")] private readonly nn.Module? _head;

    internal Qwen2VlNetwork(Qwen2VlConfig config, Device device, ScalarType type, Func<ParameterFactory, nn.Module>? head = null) : base("qwen2vl")
    {
        Config = config.Validated();
        ParameterFactory make = new(device, new NumberFormats(type));
        Device = device;
        _vision = new Qwen2VlVisionTower(make, config);
        _decoder = new Qwen2VlDecoder(make, config);
        _head = head?.Invoke(make);
        RegisterComponents();
    }

    /// <summary>Sizes of the network.</summary>
    public Qwen2VlConfig Config { get; }

    /// <summary>Where the weights and the arithmetic are.</summary>
    public Device Device { get; private set; }

    /// <summary>A network with the weights of a released checkpoint; its output layer stays unread.</summary>
    /// <param name="path">A weight file, the index of a sharded release, or the folder of either.</param>
    /// <param name="config">Sizes the weights must have; null to take them from <c>config.json</c> beside the weights, or from their shapes.</param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">Type of matrix products: Float32, BFloat16 or Float64.</param>
    /// <exception cref="WeightMismatchException">A key is missing, unknown or of another shape.</exception>
    /// <exception cref="WeightFormatException">A file breaks its format.</exception>
    public static Qwen2VlNetwork Load(
        string path, Qwen2VlConfig? config = null, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        using IWeightSource weights = Qwen2VlKeys.Native(WeightSources.Open(path));
        return Load(weights, config ?? Qwen2VlConfigSource.Find(weights, [FolderOf(path)]), device, type, null, null);
    }

    /// <summary>Features of sequences, each with as many rows as it has tokens. Gradients are not kept.</summary>
    /// <param name="sequences">Sequences of any lengths; shorter ones are filled up here, which changes nothing but the time taken.</param>
    /// <param name="rule">How tokens are given their places.</param>
    /// <exception cref="ArgumentException">
    /// A sequence is empty, an id lies outside the vocabulary, or image or video tokens do not fit the patches.
    /// </exception>
    /// <exception cref="InvalidOperationException">A feature is not finite.</exception>
    public IReadOnlyList<TokenFeatures> Encode(
        IReadOnlyList<Qwen2VlSequence> sequences, Qwen2VlPositionRule rule = Qwen2VlPositionRule.MultiAxis)
    {
        if (sequences.Count == 0) return [];
        Qwen2VlBatch batch = new(sequences, Config);
        using DisposeScope scope = NewDisposeScope();
        Tensor features = Forward(batch, rule, null);
        return [.. Enumerable.Range(0, batch.Count).Select(i => Download(features[i], batch.LengthOf(i), i))];
    }

    /// <summary>Moves the weights. Only between calls: what is being computed stays where it is.</summary>
    public void MoveTo(Device device)
    {
        this.to(device);
        Device = device;
    }

    internal static Qwen2VlNetwork Load(
        IWeightSource weights, Qwen2VlConfig config, Device? device, ScalarType type, LoraScaling? scaling, Func<ParameterFactory, nn.Module>? head)
    {
        using (Qwen2VlNetwork shapes = new(config, META, type, head)) Qwen2VlWeights.Check(shapes, weights, scaling is not null);
        Qwen2VlNetwork network = new(config, device ?? CPU, type, head);
        try
        {
            Qwen2VlWeights.Load(network, weights, scaling);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The folder that a path names or lies in.</summary>
    internal static string FolderOf(string path) => Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>
    /// Normalised features <c>[sequences, longest, width]</c> in full precision; rows of padding are computed but mean nothing.
    /// </summary>
    internal Tensor Forward(Qwen2VlBatch batch, Qwen2VlPositionRule rule, Action<string, Tensor>? probe)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor embedded = _decoder.Embed(batch.Ids, Device);
        for (int i = 0; i < batch.Visuals.Count; i++)
        {
            using DisposeScope one = NewDisposeScope();
            (Qwen2VlPatches patches, long[] rows) = batch.Visuals[i];
            string prefix = $"visual{i}.";
            Tensor pieces = _vision.Apply(patches, Device, probe is null ? null : (name, tensor) => probe(prefix + name, tensor));
            embedded.index_copy_(0, tensor(rows, dtype: ScalarType.Int64, device: Device), pieces.As(embedded.dtype));
        }

        Tensor x = embedded.view(batch.Count, batch.Length, Config.Width);
        probe?.Invoke("embeds", x);
        return _decoder.Apply(x, batch.Positions(rule), probe).MoveToOuterDisposeScope();
    }

    /// <summary>The head that was given to the constructor.</summary>
    internal T Head<T>() where T : nn.Module => (T)_head!;

    private TokenFeatures Download(Tensor features, int count, int sequence)
    {
        float[] values = new float[count * Config.Width];
        HostTensors.Copy(features.narrow(0, 0, count), values);
        int bad = FiniteSearch.IndexOfAnyExceptFinite(values);
        return bad < 0
            ? new TokenFeatures(count, Config.Width, values)
            : throw new InvalidOperationException(
                $"Feature {bad % Config.Width} of token {bad / Config.Width} of sequence {sequence} is {values[bad]}.");
    }
}
