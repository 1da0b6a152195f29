using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Memory of the frozen networks around the transformer.</summary>
/// <remarks>
/// Ours: fitted to the allocator's peaks on the processor (libtorch 1.13). The autoencoder: frames of 64×96 to 256×256 pixels, linear in the pixels of a
/// frame or tile, because time is cut into chunks. The text encoder: lengths of 64 to 512.
/// </remarks>
internal static class EncoderMemory
{
    private const int PixelsPerCell = 8;
    private const long MiB = 1 << 20;

    /// <summary>Both halves of the Wan autoencoder.</summary>
    public static long AutoencoderWeights(ScalarType type) => WeightsOf(() => new WanVae(WanVaeConfig.Release, WanVaeParts.Both, META, type));

    /// <summary>The text encoder.</summary>
    public static long TextWeights(Umt5Config config, ScalarType type) => WeightsOf(() => new Umt5Encoder(config, META, type));

    /// <summary>The image encoder, in full precision.</summary>
    public static long ImageWeights => WeightsOf(() => new ClipImageEncoder(ClipConfig.Release, META, ScalarType.Float32));

    /// <summary>Work space of encoding a video.</summary>
    public static long Encode(LatentShape shape, VaeTiling? tiling, ScalarType type) =>
        type == ScalarType.BFloat16 ? Video(shape, tiling, 8_000, 80) : Video(shape, tiling, 12_700, 135);

    /// <summary>Work space of decoding a video.</summary>
    public static long Decode(LatentShape shape, VaeTiling? tiling, ScalarType type) =>
        type == ScalarType.BFloat16 ? Video(shape, tiling, 10_500, 80) : Video(shape, tiling, 17_500, 135);

    /// <summary>Work space of one prompt of the full length.</summary>
    public static long Text(Umt5Config config, ScalarType type)
    {
        long tokens = config.MostTokens, bytes = type == ScalarType.BFloat16 ? 2 : 4, scores = config.Heads * tokens * tokens;
        long attention = scores * (bytes == 2 ? 16 : 12) + 4 * bytes * tokens * config.AttentionWidth, feed = 3 * bytes * tokens * config.FeedForwardWidth;
        return 5 * 4 * tokens * config.Width + 8 * scores + Math.Max(attention, feed);
    }

    /// <summary>Work space of one image.</summary>
    public static long Image(LatentShape shape) => 40_000_000 + 12L * shape.HeightPixels * shape.WidthPixels;

    private static long Video(LatentShape shape, VaeTiling? tiling, long bytesPerPixel, long floorMiB)
    {
        long rows = Math.Min(shape.Height, tiling?.TileHeight ?? shape.Height), columns = Math.Min(shape.Width, tiling?.TileWidth ?? shape.Width);
        return Math.Max(floorMiB * MiB, bytesPerPixel * rows * columns * PixelsPerCell * PixelsPerCell);
    }

    private static long WeightsOf(Func<nn.Module> build)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module network = build();
        return network.named_parameters().Sum(w => w.Item2.numel() * w.Item2.element_size());
    }
}
