namespace GeoAlign.Cli.Tests.Terminal;

public class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.12345, "0.123")]
    [InlineData(-1.5, "-1.50")]
    [InlineData(123.4, "123")]
    [InlineData(98765.4, "98765")]
    [InlineData(0.00001, "1E-5")]
    [InlineData(12345678, "1.23E+7")]
    public void Three_digits_are_shown(double value, string text) => Assert.Equal(text, Figures.Of(value));

    [Fact]
    public void What_is_missing_is_a_dash() => Assert.Equal("–", Figures.Of((double?)null));

    [Theory]
    [InlineData(41, "0:41")]
    [InlineData(3661, "1:01:01")]
    public void Times_are_minutes_and_seconds(int seconds, string text) => Assert.Equal(text, Durations.Text(TimeSpan.FromSeconds(seconds)));
}
