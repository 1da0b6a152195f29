using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// The Wan2.1 video autoencoder: 16 latent channels, an eighth of the rows and columns, a quarter of the frames after the first.
/// </summary>
/// <remarks>
/// Causal in time: a clip passes as its first frame and then four frames (or one latent frame) at a time, each layer remembering the last
/// two frames it saw. <see cref="WanLatentCodec"/> runs whole videos through it. Device and number type are chosen when the network is
/// made; the path names of the weights are those of the released file.
/// </remarks>
public sealed class WanVae : nn.Module
{
    [ComponentName(Name = "encoder")] private readonly WanVaeEncoder? _encoder;
    [ComponentName(Name = "conv1")] private readonly PointwiseConvolution? _posterior;
    [ComponentName(Name = "conv2")] private readonly PointwiseConvolution? _prior;
    [ComponentName(Name = "decoder")] private readonly WanVaeDecoder? _decoder;

    internal WanVae(WanVaeConfig config, WanVaeParts parts, Device device, ScalarType type) : base("wan_vae")
    {
        if (parts is < WanVaeParts.Encoder or > WanVaeParts.Both)
            throw new ArgumentOutOfRangeException(nameof(parts), parts, "Expected Encoder, Decoder or Both.");
        (Config, Parts, Device) = (config.Validated(), parts, device);
        ParameterFactory make = new(device, new NumberFormats(type));
        Formats = make.Formats;
        if (parts.HasFlag(WanVaeParts.Encoder))
        {
            _encoder = new WanVaeEncoder(make, config);
            _posterior = new PointwiseConvolution(make, 2 * WanVaeConfig.LatentChannels, 2 * WanVaeConfig.LatentChannels);
        }

        if (parts.HasFlag(WanVaeParts.Decoder))
        {
            _prior = new PointwiseConvolution(make, WanVaeConfig.LatentChannels, WanVaeConfig.LatentChannels);
            _decoder = new WanVaeDecoder(make, config);
        }

        RegisterComponents();
    }

    /// <summary>Sizes of the network.</summary>
    public WanVaeConfig Config { get; }

    /// <summary>The halves that are in memory.</summary>
    public WanVaeParts Parts { get; }

    /// <summary>Where the weights and the arithmetic are.</summary>
    internal Device Device { get; }

    /// <summary>Types the network computes in.</summary>
    internal NumberFormats Formats { get; }

    /// <summary>Names and shapes of the weights, from the sizes alone, in the order of the released file.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> KeysOf(
        WanVaeConfig config, WanVaeParts parts = WanVaeParts.Both)
    {
        using WanVae shapes = new(config, parts, META, ScalarType.Float32);          // shapes without memory
        return [.. shapes.named_parameters().Select(p => (p.Item1, (IReadOnlyList<long>)p.Item2.shape))];
    }

    /// <summary>A network with the weights of a file.</summary>
    /// <param name="config">Sizes the file must have.</param>
    /// <param name="weights">
    /// Opened weight file; may be closed afterwards. It holds the halves that are wanted and nothing but halves of this network.
    /// </param>
    /// <param name="parts">Halves to load; the other one takes no memory and is not read.</param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">Type of convolutions and attention: Float32, BFloat16 or Float64. Norms stay at least Float32.</param>
    /// <exception cref="WeightMismatchException">A key is missing, unknown or of another shape.</exception>
    public static WanVae Load(
        WanVaeConfig config, IWeightSource weights, WanVaeParts parts = WanVaeParts.Both, Device? device = null,
        ScalarType type = ScalarType.Float32)
    {
        CompareKeys(config, weights, parts).Require(weights.Path, KeyTolerance.None);
        WanVae network = new(config, parts, device ?? CPU, type);
        try
        {
            ModuleWeights.Load(network, weights, KeyTolerance.Unused);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>How the keys of a file fit the network. The keys of a half that is not asked for may be there or not.</summary>
    /// <param name="config">Sizes the file should have.</param>
    /// <param name="weights">Opened weight file.</param>
    /// <param name="parts">Halves that are wanted.</param>
    public static WeightKeyReport CompareKeys(WanVaeConfig config, IWeightSource weights, WanVaeParts parts = WanVaeParts.Both)
    {
        WeightKeyReport whole = WeightKeyReport.Compare(ShapesOf(config, WanVaeParts.Both), weights.Entries);
        Dictionary<string, IReadOnlyList<long>> wanted = ShapesOf(config, parts);
        return whole with
        {
            Matching = [.. whole.Matching.Where(wanted.ContainsKey)], Missing = [.. whole.Missing.Where(wanted.ContainsKey)],
        };
    }

    /// <summary>Encodes the next frames of a clip.</summary>
    /// <param name="frames"><c>[1, 3, T, H, W]</c> in [−1, 1], taken over. T is 1 for a clip's first chunk, then 4.</param>
    /// <param name="history">What the layers remember of the clip; empty for its first chunk.</param>
    /// <param name="probe">Receives intermediates under the names of the golden tensors, for tests.</param>
    /// <returns>Mean of the posterior in normalised units, <c>[1, 16, 1, H/8, W/8]</c>, in full precision.</returns>
    internal Tensor EncodeChunk(Tensor frames, ChunkHistory history, Action<string, Tensor>? probe = null)
    {
        WanVaeEncoder encoder = _encoder ?? throw MissingPart("encode", WanVaeParts.Encoder);
        using DisposeScope scope = NewDisposeScope();
        Tensor parameters = _posterior!.Apply(encoder.Apply(frames, history, probe));
        return LatentStatistics.Normalise(parameters.narrow(1, 0, WanVaeConfig.LatentChannels).As(Formats.Exact)).MoveToOuterDisposeScope();
    }

    /// <summary>Decodes the next latent frame of a clip.</summary>
    /// <param name="latents"><c>[1, 16, 1, h, w]</c> in normalised units, in full precision.</param>
    /// <param name="history">What the layers remember of the clip; empty for its first chunk.</param>
    /// <param name="probe">Receives intermediates under the names of the golden tensors, for tests.</param>
    /// <returns>Pixels <c>[1, 3, T, 8h, 8w]</c>, not clamped: T is 1 for a clip's first chunk and 4 afterwards.</returns>
    internal Tensor DecodeChunk(Tensor latents, ChunkHistory history, Action<string, Tensor>? probe = null)
    {
        WanVaeDecoder decoder = _decoder ?? throw MissingPart("decode", WanVaeParts.Decoder);
        using DisposeScope scope = NewDisposeScope();
        Tensor features = _prior!.Apply(LatentStatistics.Restore(latents).As(Formats.Compute));
        probe?.Invoke("conv2", features);
        return decoder.Apply(features, history, probe).As(Formats.Exact).MoveToOuterDisposeScope();
    }

    private static Dictionary<string, IReadOnlyList<long>> ShapesOf(WanVaeConfig config, WanVaeParts parts) =>
        KeysOf(config, parts).ToDictionary(key => key.Name, key => key.Shape, StringComparer.Ordinal);

    private InvalidOperationException MissingPart(string action, WanVaeParts part) =>
        new($"Only the {Parts} half of this autoencoder is in memory: it cannot {action}. Load it with {part} or {WanVaeParts.Both}.");
}
