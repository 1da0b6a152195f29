namespace GeoAlign.Sampling.Tests.Video;

public class FrameTimingTests
{
    [Theory]
    [InlineData(1, "30", "15", 2), InlineData(80, "30", "16", 150), InlineData(1, "30", "20", 2), InlineData(3, "24", "16", 5), InlineData(80, "30000/1001", "16", 150)]
    [InlineData(1000000000, "30000/1001", "30", 999000999), InlineData(0, "60", "16", 0), InlineData(7, "25", "25", 7)]
    public void The_nearest_frame_is_found_exactly(long frame, string source, string wanted, long expected) =>
        Assert.Equal(expected, FrameTiming.NearestFrame(frame, FrameRate.Parse(source), FrameRate.Parse(wanted)));

    [Theory, InlineData("30", "30000/1001", true), InlineData("30000/1001", "30", false), InlineData("16", "16", true), InlineData("2147483647", "1/2147483647", true)]
    public void Rates_are_compared_exactly(string rate, string other, bool expected) =>
        Assert.Equal(expected, FrameTiming.IsAtLeast(FrameRate.Parse(rate), FrameRate.Parse(other)));
}
