namespace GeoAlign.Sampling.Tests.Video;

public class FrameRateTests
{
    [Theory]
    [InlineData("30000/1001", 30000, 1001), InlineData("16", 16, 1), InlineData("50/2", 25, 1), InlineData("29.97", 2997, 100), InlineData("23.976", 2997, 125)]
    public void Text_becomes_a_fraction_in_lowest_terms(string text, int numerator, int denominator)
    {
        FrameRate rate = FrameRate.Parse(text);

        Assert.Equal((numerator, denominator), (rate.Numerator, rate.Denominator));
    }

    [Theory]
    [InlineData(""), InlineData("0/0"), InlineData("0"), InlineData("-5"), InlineData("5/0"), InlineData("1/2/3"), InlineData("abc"), InlineData("NaN"), InlineData("1e3"), InlineData("25.0/1"), InlineData("25/1.5")]
    public void Text_that_is_no_rate_is_refused(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => FrameRate.Parse(text));

        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Printing_and_parsing_give_the_same_rate() => ForAll.Seeds(200, rng =>
    {
        FrameRate rate = new(rng.Next(1, 100_000), rng.Next(1, 5_000));

        Assert.Equal(rate, FrameRate.Parse(rate.ToString()));
    });

    [Fact]
    public void Every_second_frame_halves_the_rate()
    {
        Assert.Equal(FrameRate.Parse("15000/1001"), FrameRate.Parse("30000/1001").Every(2));
        Assert.Equal(new FrameRate(16, 3), new FrameRate(16).Every(3));
    }

    [Fact]
    public void No_rate_is_not_zero()
    {
        Assert.False(default(FrameRate).IsKnown);
        Assert.Throws<InvalidOperationException>(() => default(FrameRate).FramesPerSecond);
    }
}
