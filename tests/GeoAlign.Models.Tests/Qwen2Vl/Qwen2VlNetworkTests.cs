using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class Qwen2VlNetworkTests
{
    private const double Tolerance = 1e-4;      // that of the golden file

    private static FixtureTensors Golden => Qwen2VlFixture.Golden;

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Every_intermediate_of_the_vision_tower_meets_its_golden_value(ScalarType type)
    {
        using Qwen2VlNetwork network = Qwen2VlFixture.LoadNetwork(type);

        Dictionary<string, double[]> seen = Run(network, Qwen2VlFixture.Sequences, Qwen2VlPositionRule.Sequential);

        foreach (string name in new[] { "patch_embed", "block0", "block1", "merged" })
        {
            // The golden file has both videos in one call, one below the other.
            Near.Equal(Golden["vision." + name].Values, [.. seen["visual0." + name], .. seen["visual1." + name]], Tolerance, what: name);
        }
    }

    [Fact]
    public void Patches_are_turned_by_their_rows_and_columns()
    {
        (int Row, int Column)[] positions = [.. Qwen2VlFixture.Videos.SelectMany(Qwen2VlVisionPositions.Of)];

        Near.Equal(Golden["vision.pos_hw"].Values, [.. positions.SelectMany(p => new double[] { p.Row, p.Column })], 0, what: "positions");
        Near.Equal(Golden["vision.rope_freqs"].Values, Qwen2VlVisionPositions.Angles(positions, 16), 1e-6, what: "angles");
    }

    [Theory]
    [InlineData(Qwen2VlPositionRule.Sequential, "text_sequential.", ScalarType.Float32)]
    [InlineData(Qwen2VlPositionRule.MultiAxis, "text_mrope.", ScalarType.Float32)]
    [InlineData(Qwen2VlPositionRule.Sequential, "text_sequential.", ScalarType.Float64)]
    [InlineData(Qwen2VlPositionRule.MultiAxis, "text_mrope.", ScalarType.Float64)]
    public void Every_layer_of_the_decoder_meets_its_golden_value(Qwen2VlPositionRule rule, string golden, ScalarType type)
    {
        using Qwen2VlNetwork network = Qwen2VlFixture.LoadNetwork(type);

        Dictionary<string, double[]> seen = Run(network, Qwen2VlFixture.Sequences, rule);

        Near.Equal(Golden["inputs_embeds"].Values, seen["embeds"], Tolerance, what: "embeddings");
        foreach (string name in new[] { "layer0", "layer1", "layer2", "final" })
            Near.Equal(Golden[golden + name].Values, WithoutPadding(seen[name]), Tolerance, what: name);

        // The golden file has zeros in padded rows.
        static double[] WithoutPadding(double[] values)
        {
            double[] mask = Golden["attention_mask"].Values;
            int width = values.Length / mask.Length;
            return [.. values.Select((value, i) => mask[i / width] * value)];
        }
    }

    [Fact]
    public void An_image_meets_its_golden_tokens()
    {
        using Qwen2VlNetwork network = Qwen2VlFixture.LoadNetwork();

        Dictionary<string, double[]> seen = Run(
            network, [new Qwen2VlSequence(Qwen2VlFixture.HpsV3Ids) { Images = [Qwen2VlFixture.Image] }], Qwen2VlPositionRule.Sequential);

        Near.Equal(Golden["vision_image.merged"].Values, seen["visual0.merged"], Tolerance, what: "merged");
    }

    [Fact]
    public void Features_end_where_their_sequence_ends_and_do_not_depend_on_its_neighbours()
    {
        using Qwen2VlNetwork network = Qwen2VlFixture.LoadNetwork();

        IReadOnlyList<TokenFeatures> together = network.Encode(Qwen2VlFixture.Sequences);
        IReadOnlyList<TokenFeatures>[] alone = [.. Qwen2VlFixture.Sequences.Select(sequence => network.Encode([sequence]))];

        Assert.Equal([38, 29], together.Select(features => features.Count));
        for (int i = 0; i < 2; i++)
            Near.Equal(Doubles(alone[i][0]), together[i].Values.Span, 1e-5, what: $"sequence {i}");
        Near.Equal(Golden["text_mrope.final"].Row(1)[..(29 * 48)], together[1].Values.Span, Tolerance, what: "M-RoPE is the default");
        Assert.Empty(network.Encode([]));
    }

    [Fact]
    public void A_feature_does_not_depend_on_what_follows_it()
    {
        using Qwen2VlNetwork network = Qwen2VlFixture.LoadNetwork();
        Qwen2VlSequence whole = Qwen2VlFixture.Sequences[0];

        TokenFeatures all = network.Encode([whole])[0], cut = network.Encode([whole with { TokenIds = whole.TokenIds[..25] }])[0];

        Near.Equal(Doubles(cut), all.Values.Span[..(25 * 48)], 1e-5, what: "features");
    }

    [Fact]
    public void Frame_pairs_of_a_video_do_not_see_one_another()
    {
        using Qwen2VlNetwork network = Qwen2VlFixture.LoadNetwork();
        Qwen2VlPatches video = Qwen2VlFixture.Videos[1];        // three frame pairs of 2×4 patches: two tokens each
        float[] changed = video.Values.ToArray();
        for (int i = 8 * Qwen2VlPatches.PatchLength; i < 16 * Qwen2VlPatches.PatchLength; i++) changed[i] += 1;
        Qwen2VlSequence other = Qwen2VlFixture.Sequences[1] with { Videos = [new Qwen2VlPatches(changed, 3, 2, 4)] };

        double[] before = Run(network, [Qwen2VlFixture.Sequences[1]], Qwen2VlPositionRule.Sequential)["visual0.merged"];
        double[] after = Run(network, [other], Qwen2VlPositionRule.Sequential)["visual0.merged"];

        Assert.Equal(before[..(2 * 48)], after[..(2 * 48)]);
        Assert.NotEqual(before[(2 * 48)..(4 * 48)], after[(2 * 48)..(4 * 48)]);
        Assert.Equal(before[(4 * 48)..], after[(4 * 48)..]);
    }

    [Fact]
    public void Pieces_take_the_places_of_their_own_kind_in_order()
    {
        using Qwen2VlNetwork network = Qwen2VlFixture.LoadNetwork();
        float[] noise = [.. Enumerable.Range(0, 4 * Qwen2VlPatches.PatchLength).Select(i => MathF.Cos(i))];
        Qwen2VlSequence sequence = new(new[] { 192, 192, 5, 192, 192, 193, 193, 193, 6, 193, 193, 193, 192, 7 })
        {
            Images = [Qwen2VlFixture.Image, new Qwen2VlPatches(noise, 1, 2, 2)], Videos = [Qwen2VlFixture.Videos[1]],
        };

        Dictionary<string, double[]> seen = Run(network, [new Qwen2VlSequence(new[] { 8 }), sequence], Qwen2VlPositionRule.Sequential);

        double[] rows = seen["embeds"][(14 * 48)..];                  // the first sequence has one word and thirteen of padding
        Assert.Equal(seen["visual0.merged"], Rows(0, 2).Concat(Rows(3, 2)));
        Assert.Equal(seen["visual1.merged"], Rows(12, 1));
        Assert.Equal(seen["visual2.merged"], Rows(5, 3).Concat(Rows(9, 3)));
        Near.Equal(Golden["w.model.embed_tokens.weight"].Row(6), Rows(8, 1), 0);

        double[] Rows(int first, int count) => rows[(first * 48)..((first + count) * 48)];
    }

    [Fact]
    public void Bfloat16_products_stay_close_and_norms_stay_exact()
    {
        using Qwen2VlNetwork network = Qwen2VlFixture.LoadNetwork(ScalarType.BFloat16);
        Dictionary<string, ScalarType> types = network.named_parameters().ToDictionary(p => p.Item1, p => p.Item2.dtype);

        IReadOnlyList<TokenFeatures> features = network.Encode(Qwen2VlFixture.Sequences, Qwen2VlPositionRule.Sequential);

        Assert.Equal(ScalarType.BFloat16, types["visual.patch_embed.proj.weight"]);
        Assert.Equal(ScalarType.BFloat16, types["model.layers.1.self_attn.q_proj.bias"]);
        Assert.Equal(ScalarType.Float32, types["model.layers.1.input_layernorm.weight"]);
        Assert.Equal(ScalarType.Float32, types["visual.merger.ln_q.weight"]);
        double[] expected = Golden["text_sequential.final"].Row(0).ToArray();
        double meanSquare = expected.Zip(Doubles(features[0]), (a, b) => (a - b) * (a - b)).Average();
        Assert.InRange(Math.Sqrt(meanSquare), 1e-4, 0.05);
    }

    [Fact]
    public void Sequences_that_do_not_fit_are_refused_before_native_code_sees_them()
    {
        using Qwen2VlNetwork network = Qwen2VlFixture.LoadNetwork();
        Qwen2VlSequence good = Qwen2VlFixture.Sequences[1];
        int[] ids = good.TokenIds.ToArray();
        float[] withNaN = Qwen2VlFixture.Videos[1].Values.ToArray();
        withNaN[2 * Qwen2VlPatches.PatchLength + 5] = float.NaN;

        foreach ((Qwen2VlSequence bad, string reason) in new[]
        {
            (good with { TokenIds = Array.Empty<int>() }, "Sequence 1 is empty"),
            (good with { TokenIds = (int[])[.. ids, 200] }, "Sequence 1 has id 200 at 29, expected one below 200"),
            (good with { TokenIds = (int[])[.. ids, -1] }, "has id -1"),
            (good with { TokenIds = (int[])[.. ids, 193] }, "Sequence 1 has 7 video tokens (id 193), but its 1 videos make 6"),
            (good with { Videos = [] }, "Sequence 1 has 6 video tokens (id 193), but its 0 videos make 0"),
            (good with { Images = [Qwen2VlFixture.Image] }, "Sequence 1 has 0 image tokens (id 192), but its 1 images make 4"),
            (good with { Videos = [new Qwen2VlPatches(withNaN, 3, 2, 4)] }, "Sequence 1: number 5 of patch 2 of a video is not finite"),
        })
        {
            ArgumentException e = Assert.Throws<ArgumentException>(() => network.Encode([good, bad]));
            Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Features_that_are_not_finite_are_refused()
    {
        using Qwen2VlNetwork network = Qwen2VlFixture.LoadNetwork();
        Qwen2VlFixture.Set(network, "model.norm.weight", float.NaN);

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => network.Encode([new Qwen2VlSequence(new[] { 1 })]));

        Assert.Contains("Feature 0 of token 0 of sequence 0 is NaN", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moved_network_has_all_its_weights_elsewhere()
    {
        using Qwen2VlNetwork network = Qwen2VlFixture.LoadNetwork();
        float[] before = network.Encode(Qwen2VlFixture.Sequences)[0].Values.ToArray();

        network.MoveTo(CPU);
        float[] same = network.Encode(Qwen2VlFixture.Sequences)[0].Values.ToArray();
        network.MoveTo(META);

        Assert.Equal(before, same);
        Assert.Equal(DeviceType.META, network.Device.type);
        Assert.All(network.parameters(), weight => Assert.Equal(DeviceType.META, weight.device_type));
    }

    [Fact]
    public void Scoring_leaves_no_tensor_behind()
    {
        using Qwen2VlNetwork network = Qwen2VlFixture.LoadNetwork();
        using VideoAlignNetwork videoAlign = Qwen2VlFixture.LoadVideoAlign();
        using HpsV3Network hpsV3 = Qwen2VlFixture.LoadHpsV3();
        Run(3);
        long live = Live();

        Run(20);

        Assert.Equal(live, Live());

        void Run(int times)
        {
            for (int i = 0; i < times; i++)
            {
                network.Encode(Qwen2VlFixture.Sequences);
                videoAlign.Score(Qwen2VlFixture.Sequences);
                hpsV3.Score(Qwen2VlFixture.HpsV3Ids, Qwen2VlFixture.Image);
                Assert.Throws<ArgumentException>(() => hpsV3.Score([1], Qwen2VlFixture.Image));
            }
        }

        static long Live()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            return DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }
    }

    [Theory]
    [InlineData(nameof(Qwen2VlConfig.Heads), 5, "Width 48 is not a multiple of twice Heads 5")]
    [InlineData(nameof(Qwen2VlConfig.KeyHeads), 4, "Heads 6 is not a multiple of KeyHeads 4")]
    [InlineData(nameof(Qwen2VlConfig.VisionHeads), 3, "VisionWidth 32 is not a multiple of four times VisionHeads 3")]
    [InlineData(nameof(Qwen2VlConfig.VideoTokenId), 200, "VideoTokenId is 200, must be in [0, 200)")]
    [InlineData(nameof(Qwen2VlConfig.Layers), 0, "Layers is 0, must be ≥ 1")]
    public void Impossible_sizes_are_named(string name, int value, string reason)
    {
        Qwen2VlConfig bad = name switch
        {
            nameof(Qwen2VlConfig.Heads) => Qwen2VlConfig.Tiny with { Heads = value },
            nameof(Qwen2VlConfig.KeyHeads) => Qwen2VlConfig.Tiny with { KeyHeads = value },
            nameof(Qwen2VlConfig.VisionHeads) => Qwen2VlConfig.Tiny with { VisionHeads = value },
            nameof(Qwen2VlConfig.VideoTokenId) => Qwen2VlConfig.Tiny with { VideoTokenId = value },
            _ => Qwen2VlConfig.Tiny with { Layers = value },
        };

        Assert.Contains(reason, Assert.Throws<ArgumentException>(bad.Validated).Message, StringComparison.Ordinal);
        Assert.Contains("do not add up to 4", Assert.Throws<ArgumentException>(
            (Qwen2VlConfig.Tiny with { RotarySections = new(2, 1, 2) }).Validated).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, double[]> Run(Qwen2VlNetwork network, IReadOnlyList<Qwen2VlSequence> sequences, Qwen2VlPositionRule rule)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, double[]> seen = [];
        network.Forward(new Qwen2VlBatch(sequences, network.Config), rule, (name, x) => seen[name] = RedirectorFixture.Values(x));
        return seen;
    }

    private static double[] Doubles(TokenFeatures features) => Array.ConvertAll(features.Values.ToArray(), value => (double)value);
}
