using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class PositionInterpolationTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("mapanything", "pos_embed_interp.safetensors");

    [Theory]
    [InlineData(18)]
    [InlineData(21)]
    [InlineData(24)]
    [InlineData(37)]
    public void Weights_meet_the_golden_matrices(int n) =>
        Near.Equal(Golden[FormattableString.Invariant($"weights.{n}")].Values, PositionInterpolation.Weights(n, 37), 1e-12);

    [Theory]
    [InlineData(21, 37)]
    [InlineData(37, 21)]
    [InlineData(37, 37)]
    [InlineData(18, 37)]
    [InlineData(5, 3)]
    public void Positions_of_any_grid_meet_the_golden_ones(int rows, int columns)
    {
        MapAnythingConfig config = MapAnythingConfig.V11;
        config = config with { Encoder = config.Encoder with { Width = 2, Heads = 1, Layers = 1, FeedForwardWidth = 2 } };
        using DinoEncoder encoder = new(new ParameterFactory(CPU, new NumberFormats(ScalarType.Float32)), config);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        encoder.named_parameters().Single(p => p.Item1 == "pos_embed").Item2.copy_(tensor(Golden["pos_embed"].Values, [1, 1370, 2], dtype: ScalarType.Float32));

        double[] found = RedirectorFixture.Values(encoder.Positions(rows, columns));

        Near.Equal(Golden[FormattableString.Invariant($"out.{rows}x{columns}")].Values, found, 2e-5);
    }

    [Fact]
    public void Rows_of_weights_sum_to_one_and_a_grid_of_the_table_s_size_is_still_shifted()
    {
        double[] smaller = PositionInterpolation.Weights(21, 37), same = PositionInterpolation.Weights(37, 37);

        for (int i = 0; i < 21; i++) Assert.Equal(1, smaller.AsSpan(37 * i, 37).ToArray().Sum(), 1e-14);
        Assert.NotInRange(same[0], 0.9999, 1.0001);        // the offset of 0.1 is in the coordinates
    }
}
