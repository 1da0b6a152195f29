using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Latents of a whole video through the decoder: tile by tile, and latent frame by latent frame within a tile.</summary>
internal static class VaeDecoding
{
    /// <summary>Hands every chunk of every tile to the target.</summary>
    public static void Run(
        WanVae network, VaeTiling? tiling, LatentShape shape, ReadOnlySpan<float> latents, PixelTarget target,
        IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<VaeTile> tiles = VaeTiling.TilesOf(tiling, shape);
        using IDisposable noGradient = no_grad();
        for (int i = 0; i < tiles.Count; i++)
        {
            VaeTile tile = tiles[i], rectangle = tile.InPixels();
            float[] blend = rectangle.Blend(shape.HeightPixels, shape.WidthPixels);
            target.AddWeights(shape, rectangle, blend);
            float[] encoded = new float[WanVaeConfig.LatentChannels * tile.Rows * tile.Columns];
            float[] pixels = new float[3 * WanVaeConfig.FramesPerLatentFrame * blend.Length];
            using ChunkHistory history = new();
            for (int frame = 0; frame < shape.Frames; frame++)
            {
                cancellation.ThrowIfCancellationRequested();
                (int first, int count) = LatentFrames.VideoFramesOf(frame);
                Span<float> planes = pixels.AsSpan(0, 3 * count * blend.Length);
                LatentFrames.Take(shape, latents, frame, tile, encoded);
                DecodeChunk(network, encoded, [1, WanVaeConfig.LatentChannels, 1, tile.Rows, tile.Columns], history, planes);
                CodecChecks.FiniteResult(planes, "Decoding", frame);
                target.Take(shape, rectangle, blend, first, count, planes);
                progress?.Report(new CodecProgress(i * shape.Frames + frame + 1, tiles.Count * shape.Frames));
            }
        }
    }

    private static void DecodeChunk(
        WanVae network, ReadOnlySpan<float> encoded, ReadOnlySpan<long> size, ChunkHistory history, Span<float> planes)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor latents = HostTensors.From(encoded, size, network.Formats.Exact, network.Device);
        HostTensors.Copy(network.DecodeChunk(latents, history), planes);
    }
}
