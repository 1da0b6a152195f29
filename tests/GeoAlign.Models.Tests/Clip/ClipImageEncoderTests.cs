using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class ClipImageEncoderTests
{
    private const double Tolerance = 2e-5;      // that of the golden file

    [Fact]
    public void The_released_network_and_the_keys_it_leaves_alone_are_the_released_keys()
    {
        using ClipImageEncoder network = new(ClipConfig.Release, META, ScalarType.BFloat16);      // shapes without memory
        var released = KeyList.Load("clip_vit_h14_visual");

        string[] needed = [.. Lines(network.named_parameters().Select(p => (p.Item1, (IReadOnlyList<long>)p.Item2.shape)))];

        Assert.Equal(393, released.Count);
        Assert.Equal(Lines(released.Where(k => !ClipKeys.IsUnneeded(k.Name, ClipConfig.Release))), needed);
        Assert.Equal(393 - 1 - 1 - 2 - 12, needed.Length);        // the scale, the head, the last norm and the last block
        // 632,076,800 in the image encoder, less the head, the last norm and a block.
        Assert.Equal(632_076_800 - 1_310_720 - 2_560 - 19_677_440, network.parameters().Sum(p => p.numel()));
        Assert.Equal(257, network.Config.Tokens);
        Assert.Empty(network.named_buffers());
    }

    [Theory]
    [InlineData("log_scale", true)]
    [InlineData("visual.head", true)]
    [InlineData("visual.post_norm.bias", true)]
    [InlineData("visual.transformer.31.mlp.0.weight", true)]
    [InlineData("textual.blocks.0.norm1.weight", true)]
    [InlineData("visual.transformer.30.mlp.0.weight", false)]
    [InlineData("visual.transformer.3.mlp.0.weight", false)]
    [InlineData("visual.transformer.310.mlp.0.weight", false)]
    [InlineData("visual.header", false)]
    [InlineData("textual_projection", false)]
    public void Keys_are_left_alone_by_name(string key, bool unneeded) =>
        Assert.Equal(unneeded, ClipKeys.IsUnneeded(key, ClipConfig.Release));

    [Fact]
    public void Every_intermediate_meets_its_golden_value()
    {
        using ClipFixture fixture = new();
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, double[]> seen = [];
        Tensor image = tensor(ClipFixture.Golden["in.image"].Values, [1, 3, 48, 80], dtype: ScalarType.Float32);

        Tensor output = fixture.Network.Forward(image, (name, x) => seen[name] = RedirectorFixture.Values(x));

        foreach (string name in new[] { "resized", "pixels", "pre_norm", "layer0" })
            Near.Equal(ClipFixture.Golden["mid." + name].Values, seen[name], Tolerance, what: name);
        Near.Equal(TokensOf("mid.patch"), seen["patch"], Tolerance, what: "patch");
        Near.Equal(ClipFixture.Golden["out.tokens"].Values, RedirectorFixture.Values(output), Tolerance, what: "out");
        Assert.False(seen.ContainsKey("layer2"), "the last block is not part of the network");

        // [1, D, rows, columns] to [1, rows·columns, D].
        static double[] TokensOf(string name)
        {
            FixtureTensor grid = ClipFixture.Golden[name];
            int width = grid.Shape[1], tokens = grid.Values.Length / width;
            return [.. Enumerable.Range(0, grid.Values.Length).Select(i => grid.Values[i % width * tokens + i / width])];
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32, 2e-5)]
    [InlineData(ScalarType.Float64, 2e-5)]
    [InlineData(ScalarType.BFloat16, 0.05)]       // 8 bits of mantissa in every product
    public void Features_of_an_image_meet_the_golden_ones(ScalarType type, double tolerance)
    {
        using ClipFixture fixture = new(type);

        TokenFeatures features = fixture.Network.Encode(ClipFixture.Image, ClipFixture.Height, ClipFixture.Width);

        Assert.Equal((5, 32), (features.Count, features.Width));
        Near.Equal(ClipFixture.Golden["out.tokens"].Values, features.Values.Span, tolerance, what: "tokens");
    }

    [Fact]
    public void Bytes_are_taken_by_rows_with_their_colours_together()
    {
        using ClipFixture fixture = new();
        byte[] rgb = new byte[3 * 20 * 30];
        new Random(4).NextBytes(rgb);
        float[] image = new float[rgb.Length];
        for (int i = 0; i < rgb.Length; i++) image[i % 3 * 600 + i / 3] = rgb[i] / 127.5f - 1;

        Assert.Equal(fixture.Network.Encode(image, 20, 30).Values.ToArray(), fixture.Network.Encode(rgb, 20, 30).Values.ToArray());
        Assert.NotEqual(fixture.Network.Encode(image, 30, 20).Values.ToArray(), fixture.Network.Encode(rgb, 20, 30).Values.ToArray());
    }

    [Fact]
    public void Only_known_keys_may_be_left_over()
    {
        using ClipFixture fixture = new();
        using TemporaryFolder folder = new();
        string whole = folder.File("whole.safetensors"), strange = folder.File("strange.safetensors"), part = folder.File("part.safetensors");
        WeightToWrite[] weights = [.. ModuleWeights.ToWrite(fixture.Network.named_parameters())];
        SafetensorsWriter.Write(whole, [.. weights, Extra("log_scale"), Extra("textual.token_embedding.weight"), Extra("visual.head")]);
        SafetensorsWriter.Write(strange, [.. weights, Extra("visual.transformer.9.norm1.weight")]);
        SafetensorsWriter.Write(part, weights.Skip(1));

        using IWeightSource wholeSource = WeightSources.Open(whole), strangeSource = WeightSources.Open(strange),
            partSource = WeightSources.Open(part);
        using ClipImageEncoder loaded = ClipImageEncoder.Load(ClipConfig.Tiny, wholeSource);
        var unknown = Assert.Throws<WeightMismatchException>(() => ClipImageEncoder.Load(ClipConfig.Tiny, strangeSource));
        var missing = Assert.Throws<WeightMismatchException>(() => ClipImageEncoder.Load(ClipConfig.Tiny, partSource));

        Assert.Contains("1 unknown to the network: visual.transformer.9", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("1 missing", missing.Message, StringComparison.Ordinal);
        Assert.Equal(fixture.Network.Encode(ClipFixture.Image, 48, 80).Values.ToArray(),
            loaded.Encode(ClipFixture.Image, 48, 80).Values.ToArray());

        static WeightToWrite Extra(string name) => new(name, WeightType.F32, [1], stream => stream.Write(new byte[4]));
    }

    [Fact]
    public void Images_that_do_not_fit_are_refused_before_native_code_sees_them()
    {
        using ClipFixture fixture = new();
        float[] withNaN = [.. ClipFixture.Image];
        withNaN[7] = float.NaN;

        Assert.Contains("expected 3 × 48 × 81", Refused(() => fixture.Network.Encode(ClipFixture.Image, 48, 81)), StringComparison.Ordinal);
        Assert.Contains("expected 3 × 2 × 2", Refused(() => fixture.Network.Encode(new byte[5], 2, 2)), StringComparison.Ordinal);
        Assert.Contains("image[7] is NaN", Refused(() => fixture.Network.Encode(withNaN, 48, 80)), StringComparison.Ordinal);
        Assert.Contains("heightPixels", Refused(() => fixture.Network.Encode(ClipFixture.Image, 0, 80)), StringComparison.Ordinal);
        Assert.Contains("ImagePixels 29 is not a multiple of PatchPixels 14; Width 32 is not a multiple of Heads 3; Epsilon is 0",
            Refused(() => (ClipConfig.Tiny with { ImagePixels = 29, Heads = 3, Epsilon = 0 }).Validated()), StringComparison.Ordinal);
        Assert.Contains("Layers is 1, must be ≥ 2", Refused(() => (ClipConfig.Tiny with { Layers = 1 }).Validated()), StringComparison.Ordinal);

        static string Refused(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }

    [Fact]
    public void Encoding_leaves_no_tensor_and_no_native_memory_behind()
    {
        using ClipFixture fixture = new();
        float[] image = ClipFixture.Image;
        Encode(50);      // allocators and the runtime settle
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        // The tensors of one call take some 100 KB; half of them leaking would show as 25 MB.
        const long Bound = 12 << 20;
        Assert.InRange(ResidentMemory.LeastGrowth(Bound, () => Encode(500)), long.MinValue, Bound);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Encode(int count)
        {
            for (int i = 0; i < count; i++) fixture.Network.Encode(image, 48, 80);
        }
    }

    private static IEnumerable<string> Lines(IEnumerable<(string Name, IReadOnlyList<long> Shape)> keys) =>
        keys.Select(k => k.Name + " " + string.Join(' ', k.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture))))
            .Order(StringComparer.Ordinal);
}
