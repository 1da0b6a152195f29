using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>The language half of Qwen2-VL, without its output layer: embedded tokens to features.</summary>
internal sealed class Qwen2VlDecoder : nn.Module
{
    private readonly Qwen2VlConfig _config;
    private readonly NumberFormats _formats;
    [ComponentName(Name = "embed_tokens")] private readonly EmbeddingTable _tokens;
    [ComponentName(Name = "layers")] private readonly ModuleList<Qwen2VlDecoderLayer> _layers;
    [ComponentName(Name = "norm")] private readonly RmsNorm _norm;

    public Qwen2VlDecoder(ParameterFactory make, Qwen2VlConfig config) : base(nameof(Qwen2VlDecoder))
    {
        (_config, _formats) = (config, make.Formats);
        _tokens = EmbeddingTable.Frozen(make, config.VocabularySize, config.Width);
        _layers = nn.ModuleList([.. Enumerable.Range(0, config.Layers).Select(_ => new Qwen2VlDecoderLayer(make, config))]);
        _norm = new RmsNorm(make, config.Width, config.Epsilon);
        RegisterComponents();
    }

    /// <summary>Embeddings <c>[count, width]</c> of a list of ids, in full precision.</summary>
    public Tensor Embed(long[] ids, Device device) =>
        _tokens.Rows(tensor(ids, dtype: ScalarType.Int64, device: device)).As(_formats.Exact);

    /// <summary>Features of embedded sequences.</summary>
    /// <remarks>A token sees itself and those before it; padding has to come last, where no token of a text sees it.</remarks>
    /// <param name="x"><c>[batch, tokens, width]</c>, in full precision; it is disposed.</param>
    /// <param name="positions">Positions of all tokens.</param>
    /// <param name="probe">Receives the residual stream after each layer, for tests.</param>
    /// <returns><c>[batch, tokens, width]</c>, normalised, in full precision.</returns>
    public Tensor Apply(Tensor x, Qwen2VlPositions positions, Action<string, Tensor>? probe)
    {
        using DisposeScope scope = NewDisposeScope();
        (Device device, long tokens) = (x.device, x.shape[1]);
        HalfRotation rotation = HalfRotation.Of(
            positions.Angles(_config), [positions.Count, positions.Length, 1, _config.HeadWidth / 2], _formats.Exact, device);
        Tensor isFuture = ones([tokens, tokens], dtype: ScalarType.Bool, device: device).triu(1);
        for (int i = 0; i < _layers.Count; i++)
        {
            Tensor next = _layers[i].Apply(x, rotation, isFuture);
            x.Dispose();
            x = next;
            probe?.Invoke($"layer{i}", x);
        }

        Tensor features = _norm.Apply(x);
        x.Dispose();
        probe?.Invoke("final", features);
        return features.MoveToOuterDisposeScope();
    }
}
