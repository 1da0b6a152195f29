namespace GeoAlign.Rewards.Tests.Perceptual;

public class TemporalFlickerTests
{
    [Theory]
    [InlineData("flicker0.noise")]
    [InlineData("flicker0.smooth")]
    [InlineData("flicker1.noise")]
    [InlineData("flicker1.smooth")]
    [InlineData("flicker2.noise")]
    [InlineData("flicker2.smooth")]
    public void Score_is_that_of_VBench(string name)
    {
        VideoFrames video = Golden.Video($"{name}.frames");

        Near.Equal(Golden.File[$"{name}.mae"].Values, TemporalFlicker.PairDifferences(video), Golden.Tolerance);
        Assert.Equal(Golden.File[$"{name}.score"].Scalar, TemporalFlicker.Score(video), Golden.Tolerance);
    }

    [Fact]
    public void Black_and_white_in_turns_score_zero_and_a_still_scores_one()
    {
        const int Side = 157;                               // more bytes than one round of 16-bit sums holds, and no multiple of a vector
        byte[] pixels = new byte[2 * 3 * Side * Side];
        VideoFrames still = new(pixels, Side, Side, 2, 16);
        byte[] changing = [.. pixels];
        changing.AsSpan(changing.Length / 2).Fill(255);

        Assert.Equal(1, TemporalFlicker.Score(still));
        Assert.Equal(0, TemporalFlicker.Score(new VideoFrames(changing, Side, Side, 2, 16)));
    }

    [Fact]
    public void One_frame_has_no_score() => Assert.Throws<ArgumentException>(() => TemporalFlicker.Score(Videos.Counting(2, 2, 1)));
}
