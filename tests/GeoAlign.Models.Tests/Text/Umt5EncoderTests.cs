using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class Umt5EncoderTests
{
    private const double Tolerance = 2e-5;      // that of the golden file

    [Fact]
    public void The_released_network_has_the_released_keys_and_fingerprint()
    {
        using Umt5Encoder network = new(Umt5Config.Release, META, ScalarType.BFloat16);      // shapes without memory

        (string, IReadOnlyList<long>)[] keys = [.. network.named_parameters().Select(p => (p.Item1, (IReadOnlyList<long>)p.Item2.shape))];

        Assert.Equal(Lines(KeyList.Load("umt5_xxl_encoder")), Lines(keys));
        Assert.Equal((242, 5_680_910_336), (keys.Length, network.parameters().Sum(p => p.numel())));
        Assert.Equal("9c8818c2cbea55eca56c7b447df170da", CheckpointFingerprint.Of(keys));
        Assert.Empty(network.named_buffers());
    }

    [Fact]
    public void Every_intermediate_meets_its_golden_value()
    {
        using Umt5Fixture fixture = new();
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, double[]> seen = [];

        Tensor output = fixture.Network.Forward(Umt5Fixture.Texts, (name, x) => seen[name] = RedirectorFixture.Values(x));

        foreach (string name in new[] { "embed", "b0.norm1", "b0.attn_out", "b0.ffn_out", "b0.out", "b1.out", "b2.out" })
            Near.Equal(Umt5Fixture.Golden["mid." + name].Values, seen[name], Tolerance, what: name);
        Near.Equal(Umt5Fixture.Golden["mid.b0.pos_bias_head_rows"].Values, RowsOfTheFirstQuery(seen["b0.position"], 4, 150), Tolerance,
            what: "position");
        Near.Equal(Umt5Fixture.Golden["out.encoder"].Values, RedirectorFixture.Values(output), Tolerance, what: "out");

        static double[] RowsOfTheFirstQuery(double[] position, int heads, int tokens) =>
            [.. Enumerable.Range(0, heads).SelectMany(head => position.Skip(head * tokens * tokens).Take(tokens))];
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Features_end_where_their_own_text_ends(ScalarType type)
    {
        using Umt5Fixture fixture = new(type);

        IReadOnlyList<TokenFeatures> features = fixture.Network.Encode(Umt5Fixture.Texts);

        Assert.Equal([150, 37], features.Select(f => f.Count));
        double[] zeroFilled = [.. features.SelectMany(ZeroFilled)];
        Near.Equal(Umt5Fixture.Golden["out.context_per_sample_zeroed"].Values, zeroFilled, Tolerance, what: "context");

        static double[] ZeroFilled(TokenFeatures features)
        {
            double[] rows = new double[150 * features.Width];
            Array.ConvertAll(features.Values.ToArray(), value => (double)value).CopyTo(rows, 0);
            return rows;
        }
    }

    [Fact]
    public void A_text_has_the_same_features_alone_and_beside_a_longer_one()
    {
        using Umt5Fixture fixture = new();

        TokenFeatures together = fixture.Network.Encode(Umt5Fixture.Texts)[1], alone = fixture.Network.Encode([Umt5Fixture.Texts[1]])[0];

        Near.Equal(Doubles(together), Doubles(alone), 5e-6, what: "features");
    }

    [Fact]
    public void Bfloat16_products_stay_close_and_norms_and_positions_stay_exact()
    {
        using Umt5Fixture fixture = new(ScalarType.BFloat16);
        Dictionary<string, ScalarType> types = fixture.Network.named_parameters().ToDictionary(p => p.Item1, p => p.Item2.dtype);

        double[] found = [.. fixture.Network.Encode(Umt5Fixture.Texts).SelectMany(Doubles)];

        Assert.Equal(ScalarType.BFloat16, types["token_embedding.weight"]);
        Assert.Equal(ScalarType.BFloat16, types["blocks.1.ffn.gate.0.weight"]);
        Assert.Equal(ScalarType.Float32, types["blocks.1.norm2.weight"]);
        Assert.Equal(ScalarType.Float32, types["blocks.1.pos_embedding.embedding.weight"]);
        using Umt5Fixture exact = new();
        double[] expected = [.. exact.Network.Encode(Umt5Fixture.Texts).SelectMany(Doubles)];
        double meanSquare = expected.Zip(found, (a, b) => (a - b) * (a - b)).Average();
        // Outputs have size 1. Scores (not divided by √d here) have size 2.9, so 8 bits of mantissa show in every softmax; measured 0.020.
        Assert.InRange(Math.Sqrt(meanSquare), 1e-4, 0.03);
    }

    [Fact]
    public void Texts_that_do_not_fit_are_refused_before_native_code_sees_them()
    {
        using Umt5Fixture fixture = new();

        foreach ((int[] ids, string reason) in new[]
        {
            (Array.Empty<int>(), "Text 1 has 0 ids, expected 1 to 512"), (new int[513], "has 513 ids"),
            ([3, 96], "Text 1 has id 96, expected one below 96"), ([-1], "has id -1"),
        })
        {
            ArgumentException e = Assert.Throws<ArgumentException>(() => fixture.Network.Encode([[1], ids]));
            Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        }

        Assert.Empty(fixture.Network.Encode([]));
    }

    [Fact]
    public void Features_that_are_not_finite_are_refused()
    {
        using Umt5Fixture fixture = new();
        using (no_grad()) fixture.Network.named_parameters().Single(p => p.Item1 == "norm.weight").Item2.fill_(float.NaN);

        Assert.Contains("token 0 of text 0 is NaN", Assert.Throws<InvalidOperationException>(() => fixture.Network.Encode([[1]])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_other_keys_is_refused()
    {
        using IWeightSource weights = WeightSources.Open(Umt5Fixture.WeightsPath);

        Assert.Throws<WeightMismatchException>(() => Umt5Encoder.Load(Umt5Config.Tiny with { Layers = 2 }, weights));
        Assert.Throws<WeightMismatchException>(() => Umt5Encoder.Load(Umt5Config.Tiny with { Layers = 4 }, weights));
        Assert.Throws<WeightMismatchException>(() => Umt5Encoder.Load(Umt5Config.Tiny with { Heads = 8 }, weights));
    }

    [Theory]
    [InlineData(nameof(Umt5Config.Heads), "AttentionWidth 32 is not a multiple of Heads 5")]
    [InlineData(nameof(Umt5Config.PositionBuckets), "PositionBuckets is 30, must be a positive multiple of 4")]
    [InlineData(nameof(Umt5Config.MostDistance), "MostDistance is 8, must be above 8")]
    [InlineData(nameof(Umt5Config.Epsilon), "Epsilon is NaN, must be in (0, 1)")]
    [InlineData(nameof(Umt5Config.Layers), "Layers is 0, must be ≥ 1")]
    public void Impossible_sizes_are_refused(string name, string reason)
    {
        Umt5Config bad = name switch
        {
            nameof(Umt5Config.Heads) => Umt5Config.Tiny with { Heads = 5 },
            nameof(Umt5Config.PositionBuckets) => Umt5Config.Tiny with { PositionBuckets = 30 },
            nameof(Umt5Config.MostDistance) => Umt5Config.Tiny with { MostDistance = 8 },
            nameof(Umt5Config.Epsilon) => Umt5Config.Tiny with { Epsilon = double.NaN },
            _ => Umt5Config.Tiny with { Layers = 0 },
        };

        Assert.Contains(reason, Assert.Throws<ArgumentException>(bad.Validated).Message, StringComparison.Ordinal);
    }

    private static double[] Doubles(TokenFeatures features) => Array.ConvertAll(features.Values.ToArray(), value => (double)value);

    private static IEnumerable<string> Lines(IEnumerable<(string Name, IReadOnlyList<long> Shape)> keys) =>
        keys.Select(k => k.Name + " " + string.Join(' ', k.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture))))
            .Order(StringComparer.Ordinal);
}
