using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>The golden tiny network: its weights, inputs and intermediates.</summary>
internal sealed class RedirectorFixture : IDisposable
{
    /// <summary>
    /// The golden network's sizes: two heads of 14 (3 frame, 2 row, 2 column pairs), image features of width 24, 12 text tokens.
    /// </summary>
    public static RedirectorConfig Config { get; } = RedirectorConfig.Tiny with { ImageWidth = 24, TextTokens = 12 };

    public RedirectorFixture(ScalarType type = ScalarType.Float32)
    {
        using IWeightSource weights = WeightSources.Open(Repository.Fixture("models", "redirector_tiny.weights.safetensors"));
        Network = RedirectorTransformer.Load(Config, weights, type: type);
    }

    public static FixtureTensors Golden { get; } = FixtureTensors.Load("models", "redirector_tiny.io.safetensors");

    public static RedirectorInputs Inputs { get; } = new()
    {
        Shape = LatentShape.ForVideo(5, 32, 32),
        ConditionLatents = Golden["in.y"].Floats(),
        TargetCamera = Golden["in.control_camera_latents_input"].Floats(),
        ConditionCamera = Golden["in.cond_plucker_embedding"].Floats(),
        Text = new TokenFeatures(12, 20, Golden["in.context"].Floats()),
        NegativeText = new TokenFeatures(12, 20, Golden["in.context_nega"].Floats()),
        Image = new TokenFeatures(257, 24, Golden["in.clip_feature"].Floats()),
    };

    public RedirectorTransformer Network { get; }

    public static Tensor Latents(ScalarType type = ScalarType.Float32) =>
        tensor(Golden["in.latents"].Values, [1, 16, 2, 4, 4], dtype: type);

    public static double[] Values(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        return x.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    public static Dictionary<string, Parameter> Weights(nn.Module network) =>
        network.named_parameters().ToDictionary(p => p.Item1, p => p.Item2);

    public void Dispose() => Network.Dispose();
}
