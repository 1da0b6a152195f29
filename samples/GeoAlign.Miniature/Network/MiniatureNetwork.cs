using GeoAlign.Models;
using TorchSharp;
using TorchSharp.Modules;

namespace GeoAlign.Miniature;

/// <summary>The ReDirector network at the size of this world: pixels as latents, 16 tokens per frame, data at the output.</summary>
internal static class MiniatureNetwork
{
    /// <summary>The room that base model and estimators know.</summary>
    public const ulong RoomSeed = 1;

    /// <summary>Files of the network that saw truthful labels only, and of the flawed base made from it.</summary>
    public const string FaultlessFile = "faultless.safetensors", BaseFile = "base.safetensors";

    /// <summary>Rows and columns of a frame.</summary>
    public const int FramePixels = 16;

    /// <summary>Frames of the condition clip.</summary>
    public const int ConditionFrames = 2;

    /// <summary>Latents of a generated video: the frames after the start, which the condition clip shows.</summary>
    public static LatentShape Shape { get; } = LatentShape.ForVideo(MiniatureWorld.GeneratedFrames, FramePixels, FramePixels, LatentLayout.FoldedPixels);

    /// <summary>Sizes.</summary>
    public static RedirectorConfig Config { get; } = new()
    {
        Width = 96, Heads = 3, Layers = 4, FeedForwardWidth = 384, TimeWidth = 32, TextTokens = 0, ImageWidth = null,
        Latents = LatentLayout.FoldedPixels, InputChannels = LatentLayout.FoldedPixels.Channels, Output = RedirectorOutput.Data, RotaryBase = 20,
    };

    /// <summary>An untrained network in which every block starts as the identity.</summary>
    /// <remarks>
    /// Peebles, Xie 2023 (DiT, adaLN-Zero) start from gates of zero; ours starts from zero output projections and gates of one, so that
    /// gradients reach the projections in the first update.
    /// </remarks>
    public static RedirectorTransformer Create(ulong seed)
    {
        RedirectorTransformer network = RedirectorTransformer.CreateRandom(Config, seed);
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        foreach ((string name, Parameter weight) in network.named_parameters())
        {
            if (StartsAtZero(name)) weight.zero_();
            if (!name.EndsWith(".modulation", StringComparison.Ordinal)) continue;
            weight.zero_();
            if (weight.shape[1] == 6)
            {
                weight.select(1, 2).fill_(1f);               // gate of self-attention
                weight.select(1, 5).fill_(1f);               // gate of the feed-forward layers
            }
        }

        return network;
    }

    /// <summary>A trained network.</summary>
    public static RedirectorTransformer Load(string path)
    {
        using IWeightSource weights = WeightSources.Open(path);
        return RedirectorTransformer.Load(Config, weights);
    }

    private static bool StartsAtZero(string name) =>
        name.Contains("self_attn.o.", StringComparison.Ordinal) || name.Contains("cross_attn.o.", StringComparison.Ordinal)
        || name.Contains("ffn.2.", StringComparison.Ordinal) || name.StartsWith("head.head.", StringComparison.Ordinal)
        || name.StartsWith("time_projection.", StringComparison.Ordinal) || name.StartsWith("control_adapter.residual_blocks.0.conv2.", StringComparison.Ordinal);
}
