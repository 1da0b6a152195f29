using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Memory of the frozen networks around the transformer.</summary>
/// <remarks>
/// Ours: the tensors that are alive at the worst moment, counted from the code of the layers, and compared with the allocator's peaks on the
/// processor (libtorch 1.13) by <c>MeasuredEncoderMemoryTests</c>. Elsewhere, on CUDA above all, they are an estimate: convolutions have work
/// space of their own there.
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
    /// <remarks>
    /// Channels times frames that the layers remember, two frames each, per pixel of a frame: four layers of 1 width at full size, four of 1 to 2
    /// at a quarter, four of 2 to 4 at a sixteenth, nine of 4 and the two of time at their sizes: 14.6 widths.
    /// </remarks>
    public static long Encode(WanVaeConfig config, LatentShape shape, VaeTiling? tiling, ScalarType type) => Video(config, shape, tiling, type, 14.6);

    /// <summary>Work space of decoding a video.</summary>
    /// <remarks>As for <see cref="Encode"/>: seven layers of 1 width at full size, six of 2 at a quarter, eight at a sixteenth, 24.6 widths in all.</remarks>
    public static long Decode(WanVaeConfig config, LatentShape shape, VaeTiling? tiling, ScalarType type) => Video(config, shape, tiling, type, 24.6);

    /// <summary>Work space of prompts of the full length that pass together.</summary>
    /// <remarks>
    /// With n tokens each: x, n numbers of the network's width; a, n of the attention's; f, n of the feed-forward layers'; s, all scores. Attention
    /// keeps the scores before and after the softmax (in bfloat16 once more in that type), queries, keys, values and the result twice; the
    /// feed-forward layers three times f beside six x. The position table, as large as s, is there once for all prompts.
    /// </remarks>
    public static long Text(Umt5Config config, int prompts, ScalarType type)
    {
        long n = config.MostTokens, x = 4 * n * config.Width, a = 4 * n * config.AttentionWidth, f = 4 * n * config.FeedForwardWidth;
        long s = 4 * config.Heads * n * n, buckets = 8 * n * n;
        return buckets + s + prompts * (type == ScalarType.BFloat16
            ? Math.Max(3 * s + 3 * x + 5 * a / 2, 6 * x + 3 * f / 2)
            : Math.Max(2 * s + 3 * x + 5 * a, 6 * x + 3 * f));
    }

    /// <summary>Work space of one image: the picture, and what the released network takes for its 257 tokens.</summary>
    public static long Image(LatentShape shape) => 32_000_000 + 12L * shape.HeightPixels * shape.WidthPixels;

    // At full size a block holds its input, the frames of a convolution with the two before them (and once more in the order the kernel wants
    // them) and the result: 4 + 6 + 6 + 4 frames. In bfloat16 the norm in front of it takes more: its input, the block's and the result in
    // bfloat16, and twice in float32.
    private static long Video(WanVaeConfig config, LatentShape shape, VaeTiling? tiling, ScalarType type, double remembered)
    {
        long rows = Math.Min(shape.Height, tiling?.TileHeight ?? shape.Height), columns = Math.Min(shape.Width, tiling?.TileWidth ?? shape.Width);
        double perPixel = config.Width * (type == ScalarType.BFloat16 ? 2 * remembered + 56 : 4 * (remembered + 20));
        return Math.Max(SmallFrames(type), (long)Math.Ceiling(perPixel * rows * columns * PixelsPerCell * PixelsPerCell));
    }

    // Below about 128×128 pixels kernels are used that unfold their input; then this is more than they take.
    private static long SmallFrames(ScalarType type) => (type == ScalarType.BFloat16 ? 80 : 135) * MiB;

    private static long WeightsOf(Func<nn.Module> build)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module network = build();
        return network.named_parameters().Sum(w => w.Item2.numel() * w.Item2.element_size());
    }
}
