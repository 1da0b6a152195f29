using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>A release of MapAnything with random weights and small sizes: heads of 64 channels, as in the releases, so that nothing but the files is needed to open it.</summary>
internal static class TinyMapAnything
{
    private static readonly MapAnythingTransformerConfig Small =
        new() { Width = 64, Heads = 1, Layers = 2, FeedForward = MapAnythingFeedForward.Gelu, FeedForwardWidth = 8, LayerScale = true };

    /// <summary>Its sizes.</summary>
    public static MapAnythingConfig Config { get; } = new()
    {
        Encoder = Small, EncoderNorm = true, Sharing = Small with { Heads = 2, LayerScale = false }, ProjectsTokens = false, SharesImageToken = true,
        FirstTap = 0, SecondTap = 1, PositionGrid = 3, PoseWidth = 8, ScaleWidth = 4,
    };

    /// <summary>Writes a folder with weights and settings.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        using (MapAnythingNetwork network = new(Config, CPU, ScalarType.Float32))
        {
            using IDisposable noGradient = no_grad();
            using DisposeScope scope = NewDisposeScope();
            using Generator random = new(3);
            foreach (var weight in network.parameters()) weight.copy_(randn(weight.shape, generator: random) * 0.1);
            ModuleWeights.Save(network, Path.Combine(folder, "model.safetensors"));
        }

        File.WriteAllText(Path.Combine(folder, "config.json"), """
            { "use_register_tokens_from_encoder": true, "info_sharing_config": { "module_args": { "depth": 2, "dim": 64, "num_heads": 2, "indices": [0, 1] } } }
            """);
    }
}
