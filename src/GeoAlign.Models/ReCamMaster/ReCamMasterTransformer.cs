using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// The ReCamMaster diffusion transformer: velocity of a target video's latents, given a source video, a camera path and a prompt.
/// </summary>
/// <remarks>
/// Base: Wan2.1 text-to-video. Target and source frames form one sequence, target first, and their positions run on: source frame i
/// stands at F + i, unlike in ReDirector. Each block adds an encoding of the target's camera pose to the tokens of the target frame and
/// of the source frame of that index. The reference fixes the grid at 30 × 52 tokens and is meaningful for one sample; this is for any.
/// </remarks>
public sealed class ReCamMasterTransformer : FlowTransformer
{
    internal ReCamMasterTransformer(ReCamMasterConfig config, Device device, ScalarType type)
        : base("recammaster", config, device, type) => Config = config;

    /// <summary>Sizes of the network.</summary>
    public ReCamMasterConfig Config { get; }

    /// <summary>An untrained network whose weights are a pure function of the seed.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="seed">Equal seeds give equal weights, in any order of construction.</param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">
    /// Type of matrix products: Float32, BFloat16 or Float64. Norms, modulation and self-attention weights stay at least Float32.
    /// </param>
    public static ReCamMasterTransformer CreateRandom(ReCamMasterConfig config, ulong seed, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        ReCamMasterTransformer network = new(config, device ?? CPU, type);
        WeightInitialisation.Fill(network, seed);
        return network;
    }

    /// <summary>A network with the weights of a file: a complete one, or text-to-video, whose pose encoders then start at zero and projectors at the identity.</summary>
    /// <param name="config">Sizes the file must have.</param>
    /// <param name="weights">
    /// Opened weight file, under native names or diffusers'; may be closed afterwards. Tensors are converted one by one, never all held twice.
    /// </param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">
    /// Type of matrix products: Float32, BFloat16 or Float64. Norms, modulation and self-attention weights stay at least Float32.
    /// </param>
    /// <exception cref="WeightMismatchException">A key is missing, unknown or of another shape.</exception>
    public static ReCamMasterTransformer Load(ReCamMasterConfig config, IWeightSource weights, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        ReCamMasterTransformer network = new(config, device ?? CPU, type);
        network.LoadAll(weights);
        return network;
    }

    internal override FlowContext Encode(IReadOnlyList<FlowInputs> batch, Action<string, Tensor>? probe = null)
    {
        ReCamMasterInputs[] typed = Checked<ReCamMasterInputs>(batch);
        LatentShape shape = typed[0].Shape;
        Tensor source = _patchEmbedding.Apply(Batch(typed, inputs => UploadLatents(inputs.SourceLatents, shape)));
        Tensor poses = Batch(typed, inputs =>
            HostTensors.From(inputs.Poses.Span, [1, shape.Frames, ReCamMasterConfig.PoseNumbers], _formats.Exact, Device));
        probe?.Invoke("condition_patches", source);
        (Tensor? text, Tensor? negative, Tensor? image) = EncodeContext(batch, probe);
        return new FlowContext
        {
            Position = Position(2 * shape.Frames, shape, repeated: 0), Poses = cat([poses, poses], dim: 1),
            ConditionTokens = source.As(_formats.Exact), Text = text, NegativeText = negative, Image = image,
        };
    }
}
