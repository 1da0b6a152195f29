namespace GeoAlign.Rewards.Tests;

public class RewardScoreTests
{
    [Fact]
    public void Score_gives_its_number_back()
    {
        RewardScore score = RewardScore.Of(-0.25);

        Assert.False(score.IsMissing);
        Assert.Equal(-0.25, score.Value);
        Assert.Null(score.Reason);
        Assert.True(score.TryGetValue(out double value));
        Assert.Equal(-0.25, value);
        Assert.Equal("-0.25", score.ToString());
    }

    [Fact]
    public void Missing_score_has_a_reason_and_no_number()
    {
        RewardScore score = RewardScore.Missing("no camera found");

        Assert.True(score.IsMissing);
        Assert.False(score.TryGetValue(out _));
        Assert.Equal("no camera found", score.Reason);
        Assert.Contains("no camera found", Assert.Throws<InvalidOperationException>(() => score.Value).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_score_is_missing_not_zero()
    {
        Assert.True(default(RewardScore).IsMissing);
        Assert.Equal("never scored", default(RewardScore).Reason);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Number_that_is_not_finite_is_no_score(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => RewardScore.Of(value));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Missing_needs_a_reason(string reason) => Assert.Throws<ArgumentException>(() => RewardScore.Missing(reason));
}
