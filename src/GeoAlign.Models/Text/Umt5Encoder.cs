using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>The encoder half of umT5: features of a tokenised text.</summary>
/// <remarks>
/// Raffel et al. 2020 (T5), Chung et al. 2023 (umT5, arXiv 2304.09151): no biases, RMS norms before each part, relative positions only. The
/// path names of the weights are those of Wan2.1's release. Device and number type are chosen when the network is made.
/// </remarks>
public sealed class Umt5Encoder : nn.Module
{
    private readonly Device _device;
    private readonly NumberFormats _formats;
    private readonly RelativePositionBuckets _buckets;
    [ComponentName(Name = "token_embedding")] private readonly EmbeddingTable _tokens;
    [ComponentName(Name = "blocks")] private readonly ModuleList<Umt5Block> _blocks;
    [ComponentName(Name = "norm")] private readonly RmsNorm _norm;

    internal Umt5Encoder(Umt5Config config, Device device, ScalarType type) : base("umt5")
    {
        Config = config.Validated();
        ParameterFactory make = new(device, new NumberFormats(type));
        (_device, _formats) = (device, make.Formats);
        _buckets = new RelativePositionBuckets(config.PositionBuckets, config.MostDistance);
        _tokens = EmbeddingTable.Frozen(make, config.VocabularySize, config.Width);
        _blocks = nn.ModuleList([.. Enumerable.Range(0, config.Layers).Select(_ => new Umt5Block(make, config))]);
        _norm = new RmsNorm(make, config.Width, config.Epsilon);
        RegisterComponents();
    }

    /// <summary>Sizes of the network.</summary>
    public Umt5Config Config { get; }

    /// <summary>A network with the weights of a file.</summary>
    /// <param name="config">Sizes the file must have.</param>
    /// <param name="weights">
    /// Opened weight file, under Wan's names or Hugging Face's; may be closed afterwards. Tensors are converted one by one, never all held twice.
    /// </param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">Type of matrix products: Float32, BFloat16 or Float64. Norms, positions and sums stay at least Float32.</param>
    /// <exception cref="WeightMismatchException">A key is missing, unknown or of another shape.</exception>
    public static Umt5Encoder Load(Umt5Config config, IWeightSource weights, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        Umt5Encoder network = new(config, device ?? CPU, type);
        try
        {
            ModuleWeights.Load(network, Umt5HuggingFaceKeys.Native(weights), KeyTolerance.None);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Features of one or several tokenised texts. Texts end where their end mark ends; they need no padding.</summary>
    /// <param name="texts">Ids of each text, 1 to <see cref="Umt5Config.MostTokens"/>; texts of unlike lengths are padded here.</param>
    /// <returns>As many features per text as it has ids.</returns>
    /// <exception cref="ArgumentException">A text is empty or too long, or an id lies outside the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">A feature is not finite.</exception>
    public IReadOnlyList<TokenFeatures> Encode(IReadOnlyList<IReadOnlyList<int>> texts)
    {
        if (texts.Count == 0) return [];
        using DisposeScope scope = NewDisposeScope();
        Tensor features = Forward(texts, null);
        return [.. texts.Select((ids, i) => Download(features[i], ids.Count, i))];
    }

    /// <summary>Features <c>[texts, longest, width]</c>; rows after the end of a text are computed but mean nothing.</summary>
    internal Tensor Forward(IReadOnlyList<IReadOnlyList<int>> texts, Action<string, Tensor>? probe)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        int longest = Check(texts);
        Tensor isPadding = PaddingOf(texts, longest);
        Tensor buckets = tensor(_buckets.ForAllPairs(longest), dtype: ScalarType.Int64, device: _device);
        Tensor x = Embed(texts, longest);
        probe?.Invoke("embed", x);
        for (int i = 0; i < _blocks.Count; i++)
        {
            string prefix = $"b{i}.";
            Tensor next = _blocks[i].Apply(x, buckets, isPadding, probe is null ? null : (name, tensor) => probe(prefix + name, tensor));
            x.Dispose();
            x = next;
        }

        return _norm.Apply(x).MoveToOuterDisposeScope();
    }

    private Tensor Embed(IReadOnlyList<IReadOnlyList<int>> texts, int longest)
    {
        long[] ids = new long[texts.Count * longest];
        for (int text = 0; text < texts.Count; text++)
        {
            for (int i = 0; i < texts[text].Count; i++) ids[text * longest + i] = texts[text][i];
        }

        using DisposeScope scope = NewDisposeScope();        // the caller disposes the result alone
        Tensor rows = _tokens.Rows(tensor(ids, dtype: ScalarType.Int64, device: _device));
        return rows.view(texts.Count, longest, Config.Width).As(_formats.Exact).MoveToOuterDisposeScope();
    }

    private Tensor PaddingOf(IReadOnlyList<IReadOnlyList<int>> texts, int longest)
    {
        bool[] isPadding = new bool[texts.Count * longest];
        for (int text = 0; text < texts.Count; text++)
            isPadding.AsSpan(text * longest, longest)[texts[text].Count..].Fill(true);
        return tensor(isPadding, [texts.Count, 1, 1, longest], dtype: ScalarType.Bool, device: _device);
    }

    private int Check(IReadOnlyList<IReadOnlyList<int>> texts)
    {
        for (int text = 0; text < texts.Count; text++)
        {
            int count = texts[text].Count;
            if (count < 1 || count > Config.MostTokens)
                throw new ArgumentException($"Text {text} has {count} ids, expected 1 to {Config.MostTokens}.", nameof(texts));
            foreach (int id in texts[text])
            {
                if (id < 0 || id >= Config.VocabularySize)
                    throw new ArgumentException($"Text {text} has id {id}, expected one below {Config.VocabularySize}.", nameof(texts));
            }
        }

        return texts.Max(ids => ids.Count);
    }

    private TokenFeatures Download(Tensor features, int count, int text)
    {
        float[] values = new float[count * Config.Width];
        HostTensors.Copy(features.narrow(0, 0, count), values);
        int bad = FiniteSearch.IndexOfAnyExceptFinite(values);
        return bad < 0
            ? new TokenFeatures(count, Config.Width, values)
            : throw new InvalidOperationException($"Feature {bad % Config.Width} of token {bad / Config.Width} of text {text} is {values[bad]}.");
    }
}
