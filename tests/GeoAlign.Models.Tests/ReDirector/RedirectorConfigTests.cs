namespace GeoAlign.Models.Tests;

public class RedirectorConfigTests
{
    [Theory]
    [InlineData(128, 22, 21)]
    [InlineData(14, 3, 2)]
    [InlineData(12, 2, 2)]
    [InlineData(32, 6, 5)]
    [InlineData(20, 4, 3)]
    public void A_head_splits_into_frame_row_and_column_pairs(int headWidth, int framePairs, int rowPairs)
    {
        RedirectorConfig config = new() { Width = 3 * headWidth, Heads = 3 };

        Assert.Equal((framePairs, rowPairs), (config.Validated().FramePairs, config.RowPairs));
        Assert.Equal(headWidth / 2, framePairs + 2 * rowPairs);
        Assert.Equal(2 * headWidth / 3 / 2, config.PhasePairs);             // as ReDirector computes it
    }

    [Fact]
    public void Presets_are_valid()
    {
        Assert.Equal(42, RedirectorConfig.Release.Validated().PhasePairs);
        RedirectorConfig.Tiny.Validated();
        RedirectorConfig.Miniature.Validated();
    }

    [Fact]
    public void One_exception_lists_every_bad_size()
    {
        RedirectorConfig config = new() { Width = 0, Layers = -1, InputChannels = 3, Epsilon = double.NaN };

        ArgumentException e = Assert.Throws<ArgumentException>(config.Validated);

        foreach (string name in new[] { "Width is 0", "Layers is -1", "InputChannels is 3", "Epsilon is NaN" })
            Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(22)]
    [InlineData(15)]
    [InlineData(4)]
    public void Head_widths_that_do_not_split_are_refused(int headWidth) =>
        Assert.Throws<ArgumentException>(() => new RedirectorConfig { Width = 2 * headWidth, Heads = 2 }.Validated());
}
