namespace GeoAlign.Sampling.Tests.Video;

public class FrameRuleTests
{
    [Theory]
    [InlineData(81, 81), InlineData(80, 77), InlineData(82, 81), InlineData(83, 81), InlineData(84, 81), InlineData(85, 85), InlineData(1, 1), InlineData(4, 1), InlineData(5, 5)]
    public void Used_frames_follow_the_rule_of_inference(int frames, int used) => Assert.Equal(used, FrameRule.UsedFrames(frames));

    [Fact]
    public void Used_frames_are_the_longest_that_fit()
    {
        for (int n = 1; n < 500; n++)
        {
            int used = FrameRule.UsedFrames(n);

            Assert.True(FrameRule.Fits(used) && used <= n && used > n - 4, $"{n} → {used}");
        }
    }

    [Fact]
    public void No_frame_is_an_error() => Assert.Throws<ArgumentOutOfRangeException>(() => FrameRule.UsedFrames(0));
}
