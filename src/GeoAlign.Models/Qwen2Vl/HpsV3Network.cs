using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>HPSv3's reward network: how well people would like an image, given its prompt.</summary>
/// <remarks>
/// Ma et al. 2025, "HPSv3" (ICCV 2025), and the code published with it. Qwen2-VL-7B with three linear layers on the features of one token,
/// which comes after the prompt. Tokens are numbered 0, 1, 2, … also where they are pieces of the image.
/// </remarks>
public sealed class HpsV3Network : IMovablePart, IDisposable
{
    private const string FirstLayer = "rm_head.0.weight", SecondLayer = "rm_head.3.weight";

    private readonly Qwen2VlNetwork _network;
    private readonly Device _home;

    internal HpsV3Network(Qwen2VlNetwork network, int rewardTokenId)
    {
        CheckToken(rewardTokenId, network.Config);
        (_network, _home, RewardTokenId) = (network, network.Device, rewardTokenId);
    }

    /// <summary>Sizes of the network.</summary>
    public Qwen2VlConfig Sizes => _network.Config;

    /// <summary>Id at which the score is read.</summary>
    public int RewardTokenId { get; }

    /// <inheritdoc/>
    public string Name => "HPSv3";

    /// <summary>Where the weights and the arithmetic are.</summary>
    public Device Device => _network.Device;

    /// <summary>A network with the weights of a checkpoint: <c>HPSv3.safetensors</c>, or the same weights under later names.</summary>
    /// <param name="path">A weight file, or a folder with one.</param>
    /// <param name="options">Device, number type and what the checkpoint does not say itself.</param>
    /// <exception cref="FileNotFoundException">There is no such checkpoint.</exception>
    /// <exception cref="ArgumentException">A setting is impossible.</exception>
    /// <exception cref="WeightMismatchException">A key is missing, unknown or of another shape.</exception>
    /// <exception cref="WeightFormatException">A file breaks its format.</exception>
    public static HpsV3Network Load(string path, HpsV3NetworkOptions? options = null)
    {
        options ??= new HpsV3NetworkOptions();
        using IWeightSource weights = Qwen2VlKeys.Native(WeightSources.Open(path));
        Qwen2VlConfig sizes = options.Sizes ?? Qwen2VlConfigSource.Find(weights, [Qwen2VlNetwork.FolderOf(path)]);
        CheckToken(options.RewardTokenId, sizes);
        return new HpsV3Network(
            Qwen2VlNetwork.Load(
                weights, sizes, options.Device, options.Type, null,
                make => new HpsV3Head(make, sizes.Width, HiddenWidth(weights, FirstLayer), HiddenWidth(weights, SecondLayer))),
            options.RewardTokenId);
    }

    /// <summary>Scores one image.</summary>
    /// <param name="tokenIds">The filled-in prompt, with one image token for each token the patches make, without padding.</param>
    /// <param name="image">The image.</param>
    /// <exception cref="ArgumentException">The reward token is not there once, or the image tokens do not fit the patches.</exception>
    /// <exception cref="InvalidOperationException">A score is not finite.</exception>
    public HpsV3Score Score(ReadOnlySpan<int> tokenIds, Qwen2VlPatches image) =>
        Score([new Qwen2VlSequence(tokenIds.ToArray()) { Images = [image] }])[0];

    /// <summary>Scores several images in one pass; each gets the score it would get alone, to rounding.</summary>
    /// <param name="sequences">Filled-in prompts and images.</param>
    /// <exception cref="ArgumentException">As for one; the message says which.</exception>
    /// <exception cref="InvalidOperationException">A score is not finite.</exception>
    public IReadOnlyList<HpsV3Score> Score(IReadOnlyList<Qwen2VlSequence> sequences)
    {
        if (sequences.Count == 0) return [];
        Qwen2VlBatch batch = new(sequences, Sizes);
        int[] rows = [.. sequences.Select((sequence, i) => RewardRow(sequence.TokenIds.Span, i))];
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor features = _network.Forward(batch, Qwen2VlPositionRule.Sequential, null);
        Tensor read = stack([.. rows.Select((row, i) => features[i][row])], dim: 0);
        float[] outputs = new float[rows.Length * HpsV3Head.Outputs];
        HostTensors.Copy(_network.Head<HpsV3Head>().Apply(read), outputs);
        return [.. rows.Select((_, i) => ScoreOf(outputs[HpsV3Head.Outputs * i], outputs[HpsV3Head.Outputs * i + 1], i))];
    }

    /// <summary>Moves the weights. Only between calls.</summary>
    public void MoveTo(Device device) => _network.MoveTo(device);

    /// <summary>Brings the weights back to the device that the network was loaded for. Only between calls.</summary>
    public void ToDevice() => MoveTo(_home);

    /// <summary>Takes the weights to the host's memory. Only between calls.</summary>
    public void ToHost() => MoveTo(CPU);

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _network.Dispose();

    private int RewardRow(ReadOnlySpan<int> ids, int sequence)
    {
        int count = ids.Count(RewardTokenId);
        return count == 1
            ? ids.IndexOf(RewardTokenId)
            : throw new ArgumentException($"Sequence {sequence} has {count} reward tokens (id {RewardTokenId}), expected one.", nameof(ids));
    }

    private static HpsV3Score ScoreOf(double mu, double logSigma, int sequence)
    {
        double sigma = Math.Exp(logSigma);
        return double.IsFinite(mu) && double.IsFinite(sigma)
            ? new HpsV3Score(mu, sigma)
            : throw new InvalidOperationException($"HPSv3's score of sequence {sequence} is μ = {mu}, ln σ = {logSigma}.");
    }

    // Sizes of the head are in no configuration file.
    private static long HiddenWidth(IWeightSource weights, string name) =>
        weights.Entries.TryGetValue(name, out WeightEntry? entry) && entry.Shape.Length == 2
            ? entry.Shape[0]
            : throw new WeightFormatException(weights.Path, name, "it is missing or no matrix; without it these are no weights of HPSv3");

    private static void CheckToken(int id, Qwen2VlConfig sizes)
    {
        if (id < 0 || id >= sizes.VocabularySize)
        {
            throw new ArgumentException(
                $"The reward token has id {id}, expected one below {sizes.VocabularySize}, the number of the network's embeddings.", nameof(id));
        }
    }
}
