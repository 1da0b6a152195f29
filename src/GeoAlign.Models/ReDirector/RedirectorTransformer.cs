using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// The ReDirector diffusion transformer: velocity of a target video's latents, given a condition video, two camera paths and a prompt.
/// </summary>
/// <remarks>
/// Base: Wan2.1-Fun-V1.1 Control-Camera. Target and condition frames form one sequence, target first; frames of one index share their
/// rotary position, and only latents and cameras tell the halves apart. The path names of the weights are those of the released files.
/// Device and number type are chosen when the network is made; it is not meant to be moved afterwards.
/// </remarks>
public sealed class RedirectorTransformer : FlowTransformer
{
    internal RedirectorTransformer(RedirectorConfig config, Device device, ScalarType type) : base("redirector", config, device, type) =>
        Config = config;

    /// <summary>Sizes of the network.</summary>
    public RedirectorConfig Config { get; }

    /// <summary>An untrained network whose weights are a pure function of the seed.</summary>
    /// <remarks>
    /// libtorch's own random generators are neither used nor changed. The camera phases start at zero, as ReDirector's do.
    /// </remarks>
    /// <param name="config">Sizes.</param>
    /// <param name="seed">Equal seeds give equal weights, in any order of construction.</param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">
    /// Type of matrix products: Float32, BFloat16 or Float64. Norms, modulation and self-attention weights stay at least Float32.
    /// </param>
    public static RedirectorTransformer CreateRandom(
        RedirectorConfig config, ulong seed, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        RedirectorTransformer network = new(config, device ?? CPU, type);
        WeightInitialisation.Fill(network, seed);
        return network;
    }

    /// <summary>
    /// A network with the weights of a file: a complete one, or ReDirector's base, whose camera phases then start at zero.
    /// </summary>
    /// <param name="config">Sizes the file must have.</param>
    /// <param name="weights">
    /// Opened weight file, under native names or diffusers'; may be closed afterwards. Tensors are converted one by one, never all held twice.
    /// </param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">
    /// Type of matrix products: Float32, BFloat16 or Float64. Norms, modulation and self-attention weights stay at least Float32.
    /// </param>
    /// <exception cref="WeightMismatchException">A key is missing, unknown or of another shape.</exception>
    public static RedirectorTransformer Load(
        RedirectorConfig config, IWeightSource weights, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        RedirectorTransformer network = new(config, device ?? CPU, type);
        network.LoadAll(weights);
        return network;
    }

    /// <summary>Loads self-attention weights over the present ones, as from a released <c>step</c> checkpoint.</summary>
    /// <returns>The report; its missing keys are those self-attention weights that keep their present values.</returns>
    /// <exception cref="WeightMismatchException">
    /// The file has a key that is no self-attention weight of this network, or a wrong shape.
    /// </exception>
    public WeightKeyReport LoadSelfAttention(IWeightSource weights) =>
        ModuleWeights.LoadPart(this, weights, RedirectorKeys.IsSelfAttention);

    /// <summary>Writes weights to a safetensors file, in the type they are kept in.</summary>
    /// <param name="path">File to write.</param>
    /// <param name="selfAttentionOnly">Whether to write a partial checkpoint with the self-attention weights only.</param>
    public void Save(string path, bool selfAttentionOnly) =>
        ModuleWeights.Save(this, path, selfAttentionOnly ? RedirectorKeys.IsSelfAttention : null);

    /// <summary>Computes once what all steps of one condition share.</summary>
    /// <exception cref="ArgumentException">An input has another size than the network or the shape asks for, or is not finite.</exception>
    public RedirectorCondition Prepare(RedirectorInputs inputs) => Prepare(inputs, null);

    internal RedirectorCondition Prepare(RedirectorInputs inputs, Action<string, Tensor>? probe) =>
        PrepareKept(inputs, (shape, context) => new RedirectorCondition(this, shape, context), probe);

    internal override FlowContext Encode(IReadOnlyList<FlowInputs> batch, Action<string, Tensor>? probe = null)
    {
        RedirectorInputs[] typed = Checked<RedirectorInputs>(batch);
        (LatentShape shape, LatentShape conditionShape) = (typed[0].Shape, typed[0].ConditionShape);
        if (typed.Any(inputs => inputs.ConditionShape != conditionShape))
            throw new ArgumentException("Condition videos of different lengths cannot share a batch.", nameof(batch));

        Tensor targetCamera = Batch(typed, inputs => CameraTokens(shape, inputs.TargetCamera.Span)),
            conditionCamera = Batch(typed, inputs => CameraTokens(conditionShape, inputs.ConditionCamera.Span));
        Tensor conditionPatches = _patchEmbedding.Apply(Batch(typed, inputs => UploadLatents(inputs.ConditionLatents, conditionShape)));
        Tensor camera = cat([targetCamera, conditionCamera], dim: 1);
        probe?.Invoke("condition_patches", conditionPatches);
        probe?.Invoke("control_adapter", camera);
        (Tensor? text, Tensor? negative, Tensor? image) = EncodeContext(batch, probe);
        return new FlowContext
        {
            // Frames run slowest, so a shorter condition video has the first positions of the target.
            Position = Position(shape.Frames, shape, repeated: conditionShape.Tokens),
            ActivatedCamera = camera.silu(),
            AddedToTarget = targetCamera,
            ConditionTokens = (conditionPatches + conditionCamera).As(_formats.Exact),
            Text = text, NegativeText = negative, Image = image,
        };
    }
}
