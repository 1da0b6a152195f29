namespace GeoAlign.Rewards.Tests;

public class VideoFramesTests
{
    [Fact]
    public void Frame_is_the_slice_of_its_pixels()
    {
        VideoFrames video = Videos.Counting(width: 2, height: 3, frames: 4);

        Assert.Equal(18, video.FrameBytes);
        Assert.Equal(Enumerable.Range(36, 18).Select(i => (byte)i), video.Frame(2).ToArray());
    }

    [Fact]
    public void Select_takes_frames_by_number()
    {
        VideoFrames video = Videos.Counting(width: 2, height: 3, frames: 5);

        VideoFrames picked = video.Select([0, 3, 4]);

        Assert.Equal(3, picked.FrameCount);
        Assert.Equal(video.Frame(3).ToArray(), picked.Frame(1).ToArray());
        Assert.Equal(video.Frame(4).ToArray(), picked.Frame(2).ToArray());
        Assert.Equal(video.FramesPerSecond, picked.FramesPerSecond);
        Assert.Same(video, video.Select([0, 1, 2, 3, 4]));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 1)]
    [InlineData(-1, 1)]
    [InlineData(3, 5)]
    public void Select_refuses_numbers_that_do_not_increase_or_leave_the_video(int first, int second) =>
        Assert.Throws<ArgumentException>(() => Videos.Counting(2, 3, 5).Select([first, second]));

    [Fact]
    public void Frame_outside_of_the_video_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Videos.Counting(2, 2, 2).Frame(2));

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    public void Byte_count_must_be_that_of_the_frames(int bytes)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new VideoFrames(new byte[bytes], 2, 2, 1, 16));

        Assert.Contains($"{bytes} bytes, expected 12", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Frame_rate_must_be_a_positive_number(double framesPerSecond) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VideoFrames(new byte[12], 2, 2, 1, framesPerSecond));

    [Theory]
    [InlineData(0, 2, 1)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 2, 0)]
    public void Sizes_must_be_positive(int width, int height, int frames) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VideoFrames(default, width, height, frames, 16));
}
