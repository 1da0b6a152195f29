using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>VideoAlign's reward network (VideoReward): scores of a video's visual quality, motion quality and alignment with its prompt.</summary>
/// <remarks>
/// Liu et al. 2025, "Improving Video Generation with Human Feedback" (arXiv 2501.13918), and the code published with it. Qwen2-VL-2B with a
/// linear head of three outputs. Three tokens of the prompt are read, in order of appearance: the first output at the first of them is VQ,
/// the second at the second MQ, the third at the third TA. Tokens are numbered 0, 1, 2, … also where they are pieces of a video. Attention
/// is causal, so nothing behind the MQ token, the user's prompt among it, changes VQ and MQ: a sequence may end there.
/// </remarks>
public sealed class VideoAlignNetwork : IMovablePart, IDisposable
{
    private const int Outputs = 3;

    private readonly Qwen2VlNetwork _network;
    private readonly Device _home;

    internal VideoAlignNetwork(Qwen2VlNetwork network, VideoAlignTokens tokens, VideoAlignNormalisation normalisation)
    {
        CheckTokens(tokens, network.Config);
        (_network, _home, Tokens, Normalisation) = (network, network.Device, tokens, normalisation.Validated());
    }

    /// <summary>Sizes of the network.</summary>
    public Qwen2VlConfig Sizes => _network.Config;

    /// <summary>Ids at which scores are read.</summary>
    public VideoAlignTokens Tokens { get; }

    /// <summary>Constants that bring the scores to one scale.</summary>
    public VideoAlignNormalisation Normalisation { get; }

    /// <inheritdoc/>
    public string Name => "VideoAlign";

    /// <summary>Where the weights and the arithmetic are.</summary>
    public Device Device => _network.Device;

    /// <summary>A network with the weights of a checkpoint; low-rank additions are merged in float32.</summary>
    /// <param name="path">
    /// The published folder (<c>model_config.json</c>, <c>checkpoint-N</c>), one of its checkpoint folders, or a file or folder with complete
    /// weights.
    /// </param>
    /// <param name="options">Device, number type and what the checkpoint does not say itself.</param>
    /// <exception cref="FileNotFoundException">There is no such checkpoint, or a file of it is missing.</exception>
    /// <exception cref="ArgumentException">The checkpoint is an adapter and no base model is given, or a setting is impossible.</exception>
    /// <exception cref="WeightMismatchException">A key is missing, unknown or of another shape.</exception>
    /// <exception cref="WeightFormatException">A file breaks its format, or a low-rank addition fits no weight.</exception>
    public static VideoAlignNetwork Load(string path, VideoAlignNetworkOptions? options = null)
    {
        options ??= new VideoAlignNetworkOptions();
        using VideoAlignCheckpoint checkpoint = VideoAlignCheckpoint.Open(path, options.CheckpointStep, options.BaseModelPath);
        Qwen2VlConfig sizes = options.Sizes ?? Qwen2VlConfigSource.Find(checkpoint.Weights, checkpoint.Folders);
        CheckTokens(options.Tokens, sizes);
        VideoAlignNormalisation normalisation =
            (options.Normalisation ?? checkpoint.Normalisation ?? VideoAlignNormalisation.VideoReward).Validated();
        return new VideoAlignNetwork(
            Qwen2VlNetwork.Load(checkpoint.Weights, sizes, options.Device, options.Type, checkpoint.Scaling, make => NewHead(make, sizes)),
            options.Tokens, normalisation);
    }

    /// <summary>Scores one video.</summary>
    /// <param name="tokenIds">The filled-in prompt, with one video token for each token the patches make, without padding.</param>
    /// <param name="video">The video.</param>
    /// <exception cref="ArgumentException">
    /// The reward tokens are not there once each, in the order VQ, MQ, TA (TA may be missing), or the video tokens do not fit the patches.
    /// </exception>
    /// <exception cref="InvalidOperationException">A score is not finite.</exception>
    public VideoAlignScores Score(ReadOnlySpan<int> tokenIds, Qwen2VlPatches video) =>
        Score([new Qwen2VlSequence(tokenIds.ToArray()) { Videos = [video] }])[0];

    /// <summary>Scores several videos in one pass; each gets the scores it would get alone, to rounding.</summary>
    /// <param name="sequences">Filled-in prompts and videos.</param>
    /// <exception cref="ArgumentException">As for one; the message says which.</exception>
    /// <exception cref="InvalidOperationException">A score is not finite.</exception>
    public IReadOnlyList<VideoAlignScores> Score(IReadOnlyList<Qwen2VlSequence> sequences)
    {
        if (sequences.Count == 0) return [];
        Qwen2VlBatch batch = new(sequences, Sizes);
        int[][] rows = [.. sequences.Select((sequence, i) => RewardRows(sequence.TokenIds.Span, i))];
        using DisposeScope scope = NewDisposeScope();
        Tensor features = _network.Forward(batch, Qwen2VlPositionRule.Sequential, null);
        return [.. rows.Select((row, i) => ScoresOf(Pool(features, i, row), row.Length, i))];
    }

    /// <summary>Moves the weights. Only between calls.</summary>
    public void MoveTo(Device device) => _network.MoveTo(device);

    /// <summary>Brings the weights back to the device that the network was loaded for. Only between calls.</summary>
    public void ToDevice() => MoveTo(_home);

    /// <summary>Takes the weights to the host's memory. Only between calls.</summary>
    public void ToHost() => MoveTo(CPU);

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _network.Dispose();

    /// <summary>The head: three outputs without bias, in full precision.</summary>
    internal static Projection NewHead(ParameterFactory make, Qwen2VlConfig sizes) => Projection.Exact(make, sizes.Width, Outputs, bias: false);

    /// <summary>The head's outputs at given tokens of a sequence: row-major <c>[tokens, 3]</c>.</summary>
    internal float[] Pool(Tensor features, int sequence, int[] rows)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor indexes = tensor(Array.ConvertAll(rows, row => (long)row), dtype: ScalarType.Int64, device: Device);
        float[] outputs = new float[rows.Length * Outputs];
        HostTensors.Copy(_network.Head<Projection>().Apply(features[sequence].index_select(0, indexes)), outputs);
        return outputs;
    }

    /// <summary>Where the reward tokens stand: VQ, MQ and, if it is there, TA.</summary>
    internal int[] RewardRows(ReadOnlySpan<int> ids, int sequence)
    {
        List<int> rows = [];
        foreach ((string name, int id, bool isNeeded) in new[]
        {
            ("VQ", Tokens.VisualQuality, true), ("MQ", Tokens.MotionQuality, true), ("TA", Tokens.TextAlignment, false),
        })
        {
            int count = ids.Count(id), row = ids.IndexOf(id);
            if (count > 1 || (isNeeded && count == 0))
                throw new ArgumentException($"Sequence {sequence} has {count} {name} tokens (id {id}), expected {(isNeeded ? "one" : "one or none")}.", nameof(ids));
            if (count == 0) continue;
            if (rows.Count > 0 && row < rows[^1])
                throw new ArgumentException($"Sequence {sequence} has its {name} token (id {id}) at {row}, expected it after {rows[^1]}: VQ, MQ, TA.", nameof(ids));
            rows.Add(row);
        }

        return [.. rows];
    }

    /// <summary>Scores from the head's outputs at the reward tokens of a sequence.</summary>
    internal VideoAlignScores ScoresOf(float[] outputs, int count, int sequence)
    {
        return new VideoAlignScores(
            Normalisation.VisualQuality(Diagonal(0, "VQ")), Normalisation.MotionQuality(Diagonal(1, "MQ")),
            count < Outputs ? null : Normalisation.TextAlignment(Diagonal(2, "TA")));

        double Diagonal(int i, string name)
        {
            float value = outputs[i * Outputs + i];
            return float.IsFinite(value) ? value : throw new InvalidOperationException($"VideoAlign's {name} of sequence {sequence} is {value}.");
        }
    }

    private static void CheckTokens(VideoAlignTokens tokens, Qwen2VlConfig sizes)
    {
        int[] ids = [tokens.VisualQuality, tokens.MotionQuality, tokens.TextAlignment];
        if (ids.Any(id => id < 0 || id >= sizes.VocabularySize) || ids.Distinct().Count() < ids.Length)
        {
            throw new ArgumentException(
                $"{tokens}: expected three different ids below {sizes.VocabularySize}, the number of the network's embeddings.", nameof(tokens));
        }
    }
}
