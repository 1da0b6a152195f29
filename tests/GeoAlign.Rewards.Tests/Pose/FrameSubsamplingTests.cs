using FsCheck;
using FsCheck.Fluent;

namespace GeoAlign.Rewards.Tests.Pose;

public class FrameSubsamplingTests
{
    [Theory]
    [InlineData(81, 4, new[] { 0, 4, 8 }, 21, 80)]
    [InlineData(80, 4, new[] { 0, 4, 8 }, 20, 76)]
    [InlineData(3, 1, new[] { 0, 1, 2 }, 3, 2)]
    [InlineData(5, 9, new[] { 0 }, 1, 0)]
    [InlineData(1, 2, new[] { 0 }, 1, 0)]
    public void Every_kth_frame_is_taken_from_frame_0_on(int frames, int step, int[] first, int count, int last)
    {
        int[] taken = FrameSubsampling.EveryFrame(step).Of(frames);

        Assert.Equal(first, taken.Take(first.Length));
        Assert.Equal((count, last), (taken.Length, taken[^1]));
    }

    [Theory]
    [InlineData(81, 21, new[] { 0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 72, 76, 80 })]
    [InlineData(81, 6, new[] { 0, 16, 32, 48, 64, 80 })]
    [InlineData(10, 4, new[] { 0, 3, 6, 9 })]
    [InlineData(9, 4, new[] { 0, 3, 5, 8 })]
    [InlineData(4, 3, new[] { 0, 2, 3 })]         // 1.5 up to 2
    [InlineData(7, 2, new[] { 0, 6 })]
    [InlineData(7, 1, new[] { 0 })]
    [InlineData(3, 8, new[] { 0, 1, 2 })]
    public void At_most_n_frames_are_spread_to_the_last(int frames, int most, int[] expected) =>
        Assert.Equal(expected, FrameSubsampling.AtMost(most).Of(frames));

    [Fact]
    public void Frames_are_increasing_inside_the_video_and_as_even_as_can_be() => ForAll.Check(
        from frames in Gen.Choose(1, 300) from most in Gen.Choose(1, 120) select (frames, most),
        c =>
        {
            int[] taken = FrameSubsampling.AtMost(c.most).Of(c.frames);
            int[] gaps = [.. taken.Zip(taken.Skip(1), (a, b) => b - a)];

            Assert.Equal(Math.Min(c.most, c.frames), taken.Length);
            Assert.Equal(0, taken[0]);
            Assert.True(taken.Length == 1 || taken[^1] == c.frames - 1);
            Assert.True(gaps.Length == 0 || (gaps.Min() >= 1 && gaps.Max() - gaps.Min() <= 1));
        });

    [Fact]
    public void Rules_are_compared_and_shown_by_what_they_do()
    {
        Assert.Equal(FrameSubsampling.EveryFrame(4), FrameSubsampling.EveryFrame(4));
        Assert.NotEqual(FrameSubsampling.EveryFrame(4), FrameSubsampling.AtMost(4));
        Assert.Equal(("every 4 frames", "at most 21 frames"), (FrameSubsampling.EveryFrame(4).ToString(), FrameSubsampling.AtMost(21).ToString()));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameSubsampling.EveryFrame(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameSubsampling.AtMost(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameSubsampling.AtMost(1).Of(0));
    }
}
