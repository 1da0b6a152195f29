using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Wan2.1 text-to-video, and with an image and a camera adapter Wan2.1-Fun Control-Camera.</summary>
public sealed class WanTransformer : FlowTransformer
{
    internal WanTransformer(WanConfig config, Device device, ScalarType type) : base("wan", config, device, type)
    {
        if (config.HasCameraPhases || config.HasPoseEncoder)
            throw new ArgumentException($"Sizes of another network: {config.GetType().Name}.", nameof(config));
    }

    /// <summary>An untrained network whose weights are a pure function of the seed.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="seed">Equal seeds give equal weights, in any order of construction.</param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">
    /// Type of matrix products: Float32, BFloat16 or Float64. Norms, modulation and self-attention weights stay at least Float32.
    /// </param>
    public static WanTransformer CreateRandom(WanConfig config, ulong seed, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        WanTransformer network = new(config, device ?? CPU, type);
        WeightInitialisation.Fill(network, seed);
        return network;
    }

    /// <summary>A network with the weights of a file.</summary>
    /// <param name="config">Sizes the file must have.</param>
    /// <param name="weights">
    /// Opened weight file, under native names or diffusers'; may be closed afterwards. Tensors are converted one by one, never all held twice.
    /// </param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">
    /// Type of matrix products: Float32, BFloat16 or Float64. Norms, modulation and self-attention weights stay at least Float32.
    /// </param>
    /// <exception cref="WeightMismatchException">A key is missing, unknown or of another shape.</exception>
    public static WanTransformer Load(WanConfig config, IWeightSource weights, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        WanTransformer network = new(config, device ?? CPU, type);
        network.LoadAll(weights);
        return network;
    }

    internal override FlowContext Encode(IReadOnlyList<FlowInputs> batch, Action<string, Tensor>? probe = null)
    {
        WanInputs[] typed = Checked<WanInputs>(batch);
        LatentShape shape = typed[0].Shape;
        Tensor? added = null;
        if (_controlAdapter is not null)
        {
            added = Batch(typed, inputs => CameraTokens(shape, inputs.Camera!.Value.Span));
            probe?.Invoke("control_adapter", added);
        }

        if (typed.Any(inputs => inputs.StackedLatents is not null))
        {
            float[] none = new float[shape.Count];
            Tensor stacked = Batch(typed, inputs => UploadLatents(inputs.StackedLatents ?? none, shape));
            Tensor addition = _patchEmbedding.Addition(stacked, shape.Layout.Channels);
            added = added is null ? addition : added + addition;
        }

        (Tensor? text, Tensor? negative, Tensor? image) = EncodeContext(batch, probe);
        return new FlowContext
        {
            Position = Position(shape.Frames, shape, repeated: 0), AddedToTarget = added, Text = text, NegativeText = negative, Image = image,
        };
    }
}
