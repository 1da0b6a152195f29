using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class WanLatentCodecTests
{
    private static readonly VaeTiling GoldenTiling = new(2, 3, 1, 2);      // tile and stride in the golden file's metadata

    [Theory]
    [InlineData(9), InlineData(5), InlineData(1)]
    public void Encoded_pixels_meet_the_golden_latents(int frames)
    {
        using VaeFixture fixture = new();
        LatentShape shape = VaeFixture.Prefix((frames + 3) / 4);
        float[] latents = new float[shape.Count];

        new WanLatentCodec(fixture.Network).EncodePixels(shape, VaeFixture.Video(frames), latents);

        Near.Equal(VaeFixture.Golden[$"enc.z{frames}"].Values, latents, VaeFixture.Tolerance, what: "latents");
    }

    [Theory]
    [InlineData(9), InlineData(5), InlineData(1)]
    public void Decoded_pixels_meet_the_golden_video(int frames)
    {
        using VaeFixture fixture = new();
        LatentShape shape = VaeFixture.Prefix((frames + 3) / 4);
        float[] pixels = new float[shape.VideoBytes];

        new WanLatentCodec(fixture.Network).DecodePixels(shape, VaeFixture.Latents(shape.Frames), pixels);

        Near.Equal(VaeFixture.Interleaved(VaeFixture.Golden[$"dec.x{frames}"], frames), pixels, VaeFixture.Tolerance, what: "pixels");
        Assert.InRange(pixels.Count(v => Math.Abs(v) == 1), 1, pixels.Length / 4);      // some are clamped
    }

    [Fact]
    public void Tiles_meet_the_golden_tiled_results()
    {
        using VaeFixture fixture = new();
        WanLatentCodec codec = new(fixture.Network, GoldenTiling);
        float[] latents = new float[VaeFixture.Shape.Count], pixels = new float[VaeFixture.Shape.VideoBytes];

        codec.EncodePixels(VaeFixture.Shape, VaeFixture.Video(9), latents);
        codec.DecodePixels(VaeFixture.Shape, VaeFixture.Latents(3), pixels);

        Assert.Equal(("[2, 3]", "[1, 2]"),
            (VaeFixture.Golden.Metadata["tile_size_latent"], VaeFixture.Golden.Metadata["tile_stride_latent"]));
        Near.Equal(VaeFixture.Golden["enc.tiled_z9"].Values, latents, VaeFixture.Tolerance, what: "latents");
        Near.Equal(VaeFixture.Interleaved(VaeFixture.Golden["dec.tiled_x9"], 9), pixels, VaeFixture.Tolerance, what: "pixels");
    }

    [Fact]
    public void One_tile_that_holds_the_frame_changes_nothing()
    {
        using VaeFixture fixture = new();
        WanLatentCodec plain = new(fixture.Network), tiled = new(fixture.Network, VaeTiling.Pipeline);
        LatentShape shape = VaeFixture.Prefix(2);

        Assert.Equal(Encode(plain, shape, Bytes(shape)), Encode(tiled, shape, Bytes(shape)));
        Assert.Equal(Decode(plain, shape, VaeFixture.Latents(2)), Decode(tiled, shape, VaeFixture.Latents(2)));
    }

    [Theory]
    [InlineData(1, 1, 2), InlineData(2, 3, 4), InlineData(4, 2, 2)]
    public void Videos_of_4k_plus_1_frames_keep_their_size_in_both_directions(int frames, int height, int width)
    {
        using VaeFixture fixture = new();
        LatentShape shape = new(frames, height, width);
        WanLatentCodec codec = new(fixture.Network);

        float[] latents = Encode(codec, shape, Bytes(shape));
        byte[] video = Decode(codec, shape, latents);

        Assert.Equal((4 * frames - 3) * 8 * height * 8 * width * 3, video.Length);
        Assert.All(latents, v => Assert.True(float.IsFinite(v)));
        Assert.True(video.Distinct().Count() > 50, "the decoded bytes vary");
    }

    [Fact]
    public void Bytes_are_the_rounded_pixels()
    {
        using VaeFixture fixture = new();
        foreach (VaeTiling? tiling in new[] { null, GoldenTiling })
        {
            WanLatentCodec codec = new(fixture.Network, tiling);
            float[] pixels = new float[VaeFixture.Shape.VideoBytes];
            float[] fromBytes = new float[VaeFixture.Shape.Count], fromPixels = new float[fromBytes.Length];
            codec.DecodePixels(VaeFixture.Shape, VaeFixture.Latents(3), pixels);
            byte[] bytes = Decode(codec, VaeFixture.Shape, VaeFixture.Latents(3));

            codec.Encode(VaeFixture.Shape, bytes, fromBytes);
            codec.EncodePixels(VaeFixture.Shape, Array.ConvertAll(bytes, b => b / 127.5f - 1), fromPixels);

            Assert.Equal(Array.ConvertAll(pixels, v => (byte)Math.Round((v + 1) * 127.5f)), bytes);
            Assert.Equal(fromPixels, fromBytes);
        }
    }

    [Fact]
    public void Encoding_is_deterministic_and_needs_no_generator()
    {
        using VaeFixture fixture = new();
        WanLatentCodec codec = new(fixture.Network);
        manual_seed(3);
        float[] first = Encode(codec, VaeFixture.Shape, Bytes(VaeFixture.Shape));
        manual_seed(4);

        Assert.Equal(first, Encode(codec, VaeFixture.Shape, Bytes(VaeFixture.Shape)));
    }

    [Fact]
    public void Bfloat16_stays_close_and_leaves_norms_exact()
    {
        using VaeFixture fixture = new(type: ScalarType.BFloat16);
        WanLatentCodec codec = new(fixture.Network);
        Dictionary<string, Parameter> weights = RedirectorFixture.Weights(fixture.Network);
        float[] latents = new float[VaeFixture.Shape.Count];
        codec.EncodePixels(VaeFixture.Shape, VaeFixture.Video(9), latents);

        Assert.Equal(ScalarType.BFloat16, weights["encoder.conv1.weight"].dtype);
        Assert.Equal(ScalarType.Float32, weights["decoder.head.0.gamma"].dtype);
        double worst = latents.Zip(VaeFixture.Golden["enc.z9"].Values, (found, expected) => Math.Abs(found - expected)).Max();
        Assert.InRange(worst, 1e-4, 0.1);
    }

    [Fact]
    public void Progress_counts_the_chunks_of_every_tile()
    {
        using VaeFixture fixture = new();
        Recorder plain = new(), tiled = new();

        new WanLatentCodec(fixture.Network).Encode(VaeFixture.Shape, Bytes(VaeFixture.Shape), new float[VaeFixture.Shape.Count], plain);
        new WanLatentCodec(fixture.Network, GoldenTiling).Decode(
            VaeFixture.Shape, VaeFixture.Latents(3), new byte[VaeFixture.Shape.VideoBytes], tiled);

        Assert.Equal([new CodecProgress(1, 3), new CodecProgress(2, 3), new CodecProgress(3, 3)], plain.Seen);
        Assert.Equal(Enumerable.Range(1, 12).Select(done => new CodecProgress(done, 12)), tiled.Seen);      // 2×2 tiles of 3 chunks
    }

    [Fact]
    public void Cancelling_stops_before_the_next_chunk()
    {
        using VaeFixture fixture = new();
        WanLatentCodec codec = new(fixture.Network);
        using CancellationTokenSource stop = new();
        Recorder progress = new() { OnReport = p => { if (p.ChunksDone == 2) stop.Cancel(); } };

        Assert.Throws<OperationCanceledException>(() =>
            codec.Encode(VaeFixture.Shape, Bytes(VaeFixture.Shape), new float[VaeFixture.Shape.Count], progress, stop.Token));
        Assert.Throws<OperationCanceledException>(() => codec.Decode(
            VaeFixture.Shape, VaeFixture.Latents(3), new byte[VaeFixture.Shape.VideoBytes], null, stop.Token));
        Assert.Equal(2, progress.Seen.Count);
    }

    [Fact]
    public void Buffers_shapes_and_numbers_that_do_not_fit_are_refused_by_name()
    {
        using VaeFixture fixture = new();
        WanLatentCodec codec = new(fixture.Network);
        LatentShape shape = VaeFixture.Shape;
        float[] withNaN = VaeFixture.Latents(3), withInfinity = VaeFixture.Video(9);
        (withNaN[5], withInfinity[8]) = (float.NaN, float.PositiveInfinity);

        Refused("video has 7 elements, expected 20736 for 9 frames of 24×32 pixels × 3",
            () => codec.Encode(shape, new byte[7], new float[shape.Count]));
        Refused("latents has 8 elements, expected 576 for [16, 3, 3, 4]", () => codec.Encode(shape, Bytes(shape), new float[8]));
        Refused("expected 20736", () => codec.Decode(shape, VaeFixture.Latents(3), new byte[1]));
        Refused("expected 576", () => codec.Decode(shape, VaeFixture.Latents(2), new byte[shape.VideoBytes]));
        Refused("latents[5] is NaN, expected a finite number", () => codec.Decode(shape, withNaN, new byte[shape.VideoBytes]));
        Refused("pixels[8] is Infinity, expected a finite number",
            () => codec.EncodePixels(shape, withInfinity, new float[shape.Count]));
        Refused("The codec makes latents of the layout", () => codec.Encode(new LatentShape(3, 4, 4, LatentLayout.FoldedPixels), [], []));
        Refused("expected at least one frame", () => codec.Encode(new LatentShape(0, 3, 4), [], []));
        Refused("StrideHeight is 3, must be from 1 to TileHeight 2; TileWidth is 0, must be ≥ 1",
            () => _ = new WanLatentCodec(fixture.Network, new VaeTiling(2, 0, 3, 0)));

        static void Refused(string reason, Action action) =>
            Assert.Contains(reason, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, "5 or 9"), InlineData(82, "81 or 85"), InlineData(0, "1 or 5")]
    public void Frame_counts_other_than_4k_plus_1_are_refused_with_the_nearest(int frames, string nearest) =>
        Assert.Contains(
            nearest, Assert.Throws<ArgumentException>(() => LatentShape.ForVideo(frames, 32, 48)).Message, StringComparison.Ordinal);

    [Fact]
    public void Damaged_weights_stop_at_the_first_chunk_that_is_not_finite()
    {
        using VaeFixture fixture = new();
        using (no_grad())
        using (DisposeScope scope = NewDisposeScope())
        {
            foreach (string name in new[] { "encoder.conv1.bias", "decoder.conv1.bias" })
                RedirectorFixture.Weights(fixture.Network)[name].fill_(float.NaN);
        }

        WanLatentCodec codec = new(fixture.Network);
        LatentShape shape = VaeFixture.Shape;

        Assert.Contains("Encoding latent frame 0 gave NaN",
            Assert.Throws<NotFiniteNumberException>(() => Encode(codec, shape, Bytes(shape))).Message, StringComparison.Ordinal);
        Assert.Contains("Decoding latent frame 0 gave NaN",
            Assert.Throws<NotFiniteNumberException>(() => Decode(codec, shape, VaeFixture.Latents(3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_leave_no_tensors_behind_even_when_cancelled()
    {
        using VaeFixture fixture = new();
        WanLatentCodec codec = new(fixture.Network, GoldenTiling);
        using CancellationTokenSource stop = new();
        Recorder progress = new() { OnReport = _ => stop.Cancel() };
        LatentShape shape = VaeFixture.Prefix(2);
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Decode(codec, shape, Encode(codec, shape, Bytes(shape)));
        Assert.Throws<OperationCanceledException>(() =>
            codec.Encode(shape, Bytes(shape), new float[shape.Count], progress, stop.Token));

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Repeated_calls_do_not_grow_native_memory()
    {
        using VaeFixture fixture = new();
        WanLatentCodec codec = new(fixture.Network);
        LatentShape shape = VaeFixture.Prefix(2);
        byte[] video = Bytes(shape);
        float[] latents = new float[shape.Count];
        RoundTrips(20);      // allocators and the runtime settle

        // What the decoder remembers of a clip takes some 220 KB: forgetting to free it would show as 13 MB.
        const long Bound = 8 << 20;
        Assert.InRange(ResidentMemory.LeastGrowth(Bound, () => RoundTrips(60)), long.MinValue, Bound);

        void RoundTrips(int count)
        {
            for (int i = 0; i < count; i++)
            {
                codec.Encode(shape, video, latents);
                codec.Decode(shape, latents, video);
            }
        }
    }

    [Fact]
    public void Long_clips_hold_no_more_tensors_than_short_ones()
    {
        using VaeFixture fixture = new();
        WanLatentCodec codec = new(fixture.Network);
        Dictionary<int, long> live = [];

        foreach (int frames in new[] { 3, 9 })
        {
            LatentShape shape = new(frames, 1, 2);
            Recorder progress = new() { OnReport = _ => live[frames] = DisposeScopeManager.Statistics.ThreadTotalLiveCount };
            codec.Encode(shape, Bytes(shape), new float[shape.Count], progress);
        }

        Assert.Equal(live[3], live[9]);      // after the last chunk: the weights and two frames per layer
    }

    private static float[] Encode(WanLatentCodec codec, LatentShape shape, byte[] video)
    {
        float[] latents = new float[shape.Count];
        codec.Encode(shape, video, latents);
        return latents;
    }

    private static byte[] Decode(WanLatentCodec codec, LatentShape shape, float[] latents)
    {
        byte[] video = new byte[shape.VideoBytes];
        codec.Decode(shape, latents, video);
        return video;
    }

    private static byte[] Bytes(LatentShape shape) =>
        [.. Enumerable.Range(0, shape.VideoBytes).Select(i => (byte)(127.5 + 90 * Math.Sin(0.013 * i) + 35 * Math.Cos(1.7 * i)))];

    private sealed class Recorder : IProgress<CodecProgress>
    {
        public List<CodecProgress> Seen { get; } = [];

        public Action<CodecProgress>? OnReport { get; init; }

        public void Report(CodecProgress value)
        {
            Seen.Add(value);
            OnReport?.Invoke(value);
        }
    }
}
