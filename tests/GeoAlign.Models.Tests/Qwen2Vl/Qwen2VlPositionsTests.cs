namespace GeoAlign.Models.Tests;

public class Qwen2VlPositionsTests
{
    private static FixtureTensors Golden => Qwen2VlFixture.Golden;

    [Theory]
    [InlineData("mrope.text_only_after_pad.")]
    [InlineData("mrope.video_wide.")]
    [InlineData("mrope.video_long.")]
    [InlineData("mrope.image_then_video.")]
    [InlineData("mrope.video_then_two_images.")]
    [InlineData("mrope.left_padded.")]
    [InlineData("mrope.realistic_videoalign.")]
    public void Tokens_of_images_and_videos_get_their_golden_positions(string layout)
    {
        FixtureTensor ids = Golden[layout + "input_ids"];

        Qwen2VlPositions positions = Qwen2VlPositions.MultiAxis(
            ids.Integers(), [.. Golden[layout + "mask"].Values.Select(value => value == 1)], ids.Shape[1],
            Grids(layout + "image_grid"), Grids(layout + "video_grid"), Qwen2VlConfig.Tiny);

        Assert.Equal(Golden[layout + "position_ids"].Integers(), positions.Values);
        Assert.Equal(Golden[layout + "deltas"].Integers(), positions.Deltas());
    }

    [Fact]
    public void The_sequences_of_the_network_get_their_golden_positions()
    {
        Qwen2VlBatch batch = new(Qwen2VlFixture.Sequences, Qwen2VlConfig.Tiny);

        Qwen2VlPositions sequential = batch.Positions(Qwen2VlPositionRule.Sequential), grid = batch.Positions(Qwen2VlPositionRule.MultiAxis);

        Assert.Equal(Golden["input_ids"].Integers(), batch.Ids);
        Assert.Equal(Golden["position_ids_sequential"].Integers(), sequential.Values);
        Assert.Equal(Golden["position_ids_mrope"].Integers(), grid.Values);
        Assert.Equal(Golden["mrope_position_deltas"].Integers(), grid.Deltas());
    }

    [Fact]
    public void Each_frequency_turns_with_its_own_axis()
    {
        // 192 is an image of 2×2 tokens: the last of them lies at time 0, row 1, column 1 behind one word.
        Qwen2VlPositions positions = Qwen2VlPositions.MultiAxis(
            [7, 192, 192, 192, 192], [true, true, true, true, true], 5, [new Qwen2VlGrid(1, 2, 2)], [], Qwen2VlConfig.Tiny);

        double[] angles = positions.Angles(Qwen2VlConfig.Tiny);

        double[] expected = [1, Math.Pow(1e6, -2.0 / 8), 2 * Math.Pow(1e6, -4.0 / 8), 2 * Math.Pow(1e6, -6.0 / 8)];
        Near.Equal(expected, angles.AsSpan(4 * 4, 4).ToArray(), 1e-15, what: "angles of the last token");
        Near.Equal([1, Math.Pow(1e6, -2.0 / 8), 2 * Math.Pow(1e6, -4.0 / 8), Math.Pow(1e6, -6.0 / 8)], angles.AsSpan(3 * 4, 4).ToArray(), 1e-15);
    }

    [Fact]
    public void Blocks_that_do_not_fit_their_grids_are_refused()
    {
        Qwen2VlGrid square = new(1, 2, 2);

        Assert.Contains("The block at token 1 (id 192) has fewer than the 4 tokens of its grid 1×2×2",
            Refused([7, 192, 192, 192, 8, 192], [square]), StringComparison.Ordinal);
        Assert.Contains("has fewer than the 4 tokens", Refused([7, 192, 192, 192], [square]), StringComparison.Ordinal);
        Assert.Contains("Token 5 (id 192) begins a block that no image or video belongs to",
            Refused([7, 192, 192, 192, 192, 192], [square]), StringComparison.Ordinal);
        Assert.Contains("1 images and 0 videos have no tokens", Refused([7, 192, 192, 192, 192], [square, square]), StringComparison.Ordinal);

        static string Refused(long[] ids, Qwen2VlGrid[] images)
        {
            bool[] isText = Array.ConvertAll(ids, _ => true);
            return Assert.Throws<ArgumentException>(
                () => Qwen2VlPositions.MultiAxis(ids, isText, ids.Length, images, [], Qwen2VlConfig.Tiny)).Message;
        }
    }

    private static Qwen2VlGrid[] Grids(string name)
    {
        FixtureTensor grids = Golden[name];
        return [.. Enumerable.Range(0, grids.Shape[0]).Select(i => new Qwen2VlGrid(
            (int)grids.Values[3 * i], (int)grids.Values[3 * i + 1] / 2, (int)grids.Values[3 * i + 2] / 2))];
    }
}
