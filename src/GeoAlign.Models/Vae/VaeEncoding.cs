using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>A whole video through the encoder: tile by tile, and chunk by chunk within a tile.</summary>
internal static class VaeEncoding
{
    /// <summary>Fills <paramref name="latents"/>, <c>[16, F, h, w]</c>, with the weighted mean of the tiles.</summary>
    public static void Run(
        WanVae network, VaeTiling? tiling, LatentShape shape, PixelSource source, Span<float> latents,
        IProgress<CodecProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<VaeTile> tiles = VaeTiling.TilesOf(tiling, shape);
        float[] weights = new float[shape.Height * shape.Width];
        latents.Clear();
        using IDisposable noGradient = no_grad();
        for (int i = 0; i < tiles.Count; i++)
        {
            VaeTile tile = tiles[i], rectangle = tile.InPixels();
            float[] blend = tile.Blend(shape.Height, shape.Width);
            LatentFrames.AddPlane(blend, tile, shape.Width, weights);
            float[] pixels = new float[3 * WanVaeConfig.FramesPerLatentFrame * rectangle.Rows * rectangle.Columns];
            float[] encoded = new float[WanVaeConfig.LatentChannels * blend.Length];
            using ChunkHistory history = new();
            for (int frame = 0; frame < shape.Frames; frame++)
            {
                cancellation.ThrowIfCancellationRequested();
                (int first, int count) = LatentFrames.VideoFramesOf(frame);
                Span<float> planes = pixels.AsSpan(0, 3 * count * rectangle.Rows * rectangle.Columns);
                source.CopyPlanes(shape, rectangle, first, count, planes);
                EncodeChunk(network, planes, [1, 3, count, rectangle.Rows, rectangle.Columns], history, encoded);
                CodecChecks.FiniteResult(encoded, "Encoding", frame);
                LatentFrames.Add(shape, encoded, blend, frame, tile, latents);
                progress?.Report(new CodecProgress(i * shape.Frames + frame + 1, tiles.Count * shape.Frames));
            }
        }

        for (int i = 0; i < latents.Length; i++) latents[i] /= weights[i % weights.Length];
    }

    private static void EncodeChunk(
        WanVae network, ReadOnlySpan<float> planes, ReadOnlySpan<long> size, ChunkHistory history, Span<float> encoded)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor frames = HostTensors.From(planes, size, network.Formats.Compute, network.Device);
        HostTensors.Copy(network.EncodeChunk(frames, history), encoded);
    }
}
