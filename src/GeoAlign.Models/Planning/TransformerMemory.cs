using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Memory of a diffusion transformer's passes, from its sizes.</summary>
/// <remarks>
/// <para>
/// Ours: the order of growth follows from the block (a handful of tensors of the residual stream's size, two of the feed-forward width, the scores), the factors were
/// fitted to the allocator's peaks of blocks of width 1024 with 512 to 2048 tokens, libtorch 1.13 on the processor, and are checked by
/// <c>MeasuredMemoryTests</c> at other sizes. Elsewhere, on CUDA above all, they are an estimate.
/// </para>
/// <para>
/// u is a residual stream: 4 bytes × members × tokens × width. f is one layer between the feed-forward products. s are all scores of one attention.
/// </para>
/// </remarks>
internal sealed class TransformerMemory
{
    private const long ScoresAtOnce = 1L << 26;

    private readonly MemoryPlanRequest _request;
    private readonly bool _half;
    private readonly int _bytes;
    private readonly long _tokens;

    private TransformerMemory(MemoryPlanRequest request, long weights, long trained)
    {
        (_request, WeightBytes, TrainedParameters) = (request, weights, trained);
        _half = request.NetworkType == ScalarType.BFloat16;
        _bytes = _half ? 2 : 4;
        // Both halves, target and condition video, are in the sequence of the video-conditioned networks.
        _tokens = (long)request.Shape.Tokens * (request.Network is RedirectorConfig or ReCamMasterConfig ? 2 : 1);
    }

    /// <summary>Weights in the types they are kept in.</summary>
    public long WeightBytes { get; }

    /// <summary>Numbers that are trained; 0 without training.</summary>
    public long TrainedParameters { get; }

    /// <summary>Tokens of a sequence.</summary>
    public long Tokens => _tokens;

    /// <summary>Reads the weights' sizes off a network that is built without memory.</summary>
    public static TransformerMemory Of(MemoryPlanRequest request)
    {
        using DisposeScope scope = NewDisposeScope();
        using FlowTransformer network = request.Network switch
        {
            RedirectorConfig config => new RedirectorTransformer(config, META, request.NetworkType),
            ReCamMasterConfig config => new ReCamMasterTransformer(config, META, request.NetworkType),
            WanConfig config => new WanTransformer(config, META, request.NetworkType),
        };
        long weights = network.named_parameters().Sum(w => w.Item2.numel() * w.Item2.element_size());
        long trained = request.Training switch
        {
            null => 0,
            { Lora: { } lora } => LoraTrained(network, lora),
            { Selection: { } selection } => network.named_parameters().Where(w => selection.Includes(w.Item1)).Sum(w => w.Item2.numel()),
        };
        return new TransformerMemory(request, weights, trained);
    }

    /// <summary>One prepared condition: camera tokens, rotary table, prompt and image tokens.</summary>
    public long ConditionBytes
    {
        get
        {
            WanConfig config = _request.Network;
            long context = ((long)config.TextTokens * (_request.Guided ? 2 : 1) + (config.ImageWidth is null ? 0 : 257)) * config.Width * _bytes;
            long rotary = 4L * config.HeadWidth * _tokens;      // one complex number per pair
            // Activated camera tokens of both halves, what is added to the target's patches, the condition video's patches; the last in full precision.
            return Times(_half ? 1.25 : 2, Stream(1)) + rotary + context;
        }
    }

    /// <summary>Work space of a pass without gradients.</summary>
    public long ForwardBytes
    {
        get
        {
            long u = Stream(_request.MembersAtOnce), f = FeedForward;
            return Math.Max(
                Times(_half ? 10.6 : 12.6, u) + 2 * Scores,
                Times(_half ? 9.1 : 11, u) + 2 * f);
        }
    }

    /// <summary>Work space of a pass with gradients, the gradients themselves not included.</summary>
    public long BackwardBytes
    {
        get
        {
            long u = Stream(_request.MembersAtOnce), f = FeedForward, layers = _request.Network.Layers;
            if (!_request.Training!.RecomputeActivations)
                return layers * (Times(_half ? 24.4 : 28.5, u) + 2 * f + KeptScores) + Times(_half ? 6.6 : 10, u) + (KeptScores == 0 ? Times(2.5, Scores) : 0);

            long block = Math.Max(
                Times(_half ? 27.8 : 33, u) + 3 * f + KeptScores,
                Times(_half ? 33 : 31, u) + Times(_half ? 1.5 : 2.5, Scores));
            return (layers + 1) * u + block;
        }
    }

    private long FeedForward => _bytes * _request.MembersAtOnce * _tokens * _request.Network.FeedForwardWidth;

    private long AllScores => _request.MembersAtOnce * _tokens * _tokens * _request.Network.Heads;

    // Scores in memory at once; none with a fused kernel.
    private long Scores => _request.Attention == AttentionMemory.Fused ? 0 : Math.Min(AllScores, ScoresAtOnce) * _bytes;

    // What the graph keeps of them: nothing where they are computed again.
    private long KeptScores => _request.Attention == AttentionMemory.Fused || AllScores > ScoresAtOnce ? 0 : AllScores * _bytes;

    private long Stream(int members) => 4 * members * _tokens * _request.Network.Width;

    private static long LoraTrained(FlowTransformer network, LoraOptions lora)
    {
        using LoraAdapters adapters = LoraAdapters.Attach(network, lora);
        return adapters.ParameterCount;
    }

    private static long Times(double factor, long bytes) => (long)Math.Ceiling(factor * bytes);
}
