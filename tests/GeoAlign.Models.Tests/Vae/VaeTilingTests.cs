namespace GeoAlign.Models.Tests;

public class VaeTilingTests
{
    [Fact]
    public void Tiles_start_at_multiples_of_the_stride_and_none_after_one_that_reaches_the_end()
    {
        IReadOnlyList<VaeTile> tiles = VaeTiling.TilesOf(VaeTiling.Pipeline, LatentShape.ForVideo(81, 480, 832));

        Assert.Equal([(0, 0), (0, 26), (0, 52), (15, 0), (15, 26), (15, 52), (30, 0), (30, 26), (30, 52)],
            tiles.Select(t => (t.Row, t.Column)));
        Assert.All(tiles, t => Assert.Equal((30, 52, 15, 26), (t.Rows, t.Columns, t.OverlapRows, t.OverlapColumns)));
    }

    [Fact]
    public void The_last_tile_is_cut_at_the_end()
    {
        IReadOnlyList<VaeTile> tiles = VaeTiling.TilesOf(VaeTiling.Default, new LatentShape(1, 34, 60));

        Assert.Equal([(0, 34), (16, 34), (32, 28)], tiles.Select(t => (t.Column, t.Columns)));
    }

    [Fact]
    public void Every_cell_lies_in_a_tile_with_positive_weight()
    {
        Random random = new(5);
        for (int i = 0; i < 300; i++)
        {
            VaeTiling tiling = new(random.Next(1, 9), random.Next(1, 9), 1, 1);
            tiling = tiling with
            {
                StrideHeight = random.Next(1, tiling.TileHeight + 1), StrideWidth = random.Next(1, tiling.TileWidth + 1),
            };
            LatentShape shape = new(1, random.Next(1, 30), random.Next(1, 30));
            float[] weights = new float[shape.Height * shape.Width];

            foreach (VaeTile tile in VaeTiling.TilesOf(tiling.Validated(), shape))
                LatentFrames.AddPlane(tile.Blend(shape.Height, shape.Width), tile, shape.Width, weights);

            Assert.True(weights.Min() > 0, $"{tiling} on {shape} leaves a cell out");
        }
    }

    [Fact]
    public void Ramps_rise_from_inner_borders_and_stay_one_at_outer_ones()
    {
        VaeTile middle = new(3, 0, 5, 1, 2, 0), first = middle with { Row = 0 }, last = middle with { Row = 6 };

        Assert.Equal([0.5f, 1, 1, 1, 0.5f], middle.Blend(11, 1));
        Assert.Equal([1, 1, 1, 1, 0.5f], first.Blend(11, 1));
        Assert.Equal([0.5f, 1, 1, 1, 1], last.Blend(11, 1));
    }

    [Fact]
    public void A_weight_is_the_lesser_of_row_and_column()
    {
        VaeTile corner = new(0, 0, 3, 3, 2, 3);

        const float Third = 1f / 3, TwoThirds = 2f / 3;
        Assert.Equal([1, TwoThirds, Third, 1, TwoThirds, Third, 0.5f, 0.5f, Third], corner.Blend(9, 9));
    }

    [Fact]
    public void Where_ramps_meet_the_far_one_wins() =>
        Assert.Equal([1f / 3, 1, 2f / 3, 1f / 3], new VaeTile(1, 0, 4, 1, 3, 0).Blend(9, 1));

    [Fact]
    public void Ramps_in_pixels_are_eight_times_as_long() =>
        Assert.Equal([1f / 8, 2f / 8, 3f / 8, 4f / 8, 5f / 8, 6f / 8, 7f / 8, 1, 1, 1, 1, 1, 1, 1, 1, 1],
            new VaeTile(1, 0, 2, 1, 1, 0).InPixels().Blend(24, 8).Where((_, i) => i % 8 == 0));
}
