namespace GeoAlign.Sampling.Tests.Video;

public class VideoClipTests
{
    private static readonly FrameSize Size = new(3, 2);

    [Fact]
    public void Frames_follow_each_other_in_memory()
    {
        byte[] pixels = SyntheticVideo.Noise(Size, 4);

        VideoClip clip = new(pixels, Size, new FrameRate(16));

        Assert.Equal((3, 2, 4), (clip.Width, clip.Height, clip.FrameCount));
        Assert.True(clip.Frame(2).Span.SequenceEqual(pixels.AsSpan(36, 18)));
        Assert.Throws<ArgumentOutOfRangeException>(() => clip.Frame(4));
    }

    [Fact]
    public void A_clip_does_not_change_with_the_bytes_it_was_made_from()
    {
        byte[] pixels = SyntheticVideo.Noise(Size, 1);
        VideoClip clip = new(pixels, Size, new FrameRate(16));
        byte before = clip.Rgb24.Span[0];

        pixels[0]++;

        Assert.Equal(before, clip.Rgb24.Span[0]);
    }

    [Theory]
    [InlineData(0), InlineData(17), InlineData(35)]
    public void Bytes_that_are_no_whole_frames_are_refused(int bytes) =>
        Assert.Throws<ArgumentException>(() => new VideoClip(new byte[bytes], Size, new FrameRate(16)));

    [Fact]
    public void A_clip_without_a_rate_or_a_size_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new VideoClip(new byte[18], Size, default));
        Assert.Throws<ArgumentException>(() => new VideoClip(new byte[18], new FrameSize(-3, -2), new FrameRate(16)));
    }

    [Fact]
    public void Side_by_side_keeps_every_pixel()
    {
        VideoClip left = new(SyntheticVideo.Noise(Size, 3, 1), Size, new FrameRate(16)), right = new(SyntheticVideo.Noise(Size, 3, 2), Size, new FrameRate(16));

        VideoClip both = SideBySide.Of(left, right);

        Assert.Equal((new FrameSize(6, 2), 3), (both.Size, both.FrameCount));
        for (int t = 0; t < 3; t++)
        {
            for (int y = 0; y < 2; y++)
            {
                ReadOnlySpan<byte> row = both.Frame(t).Span.Slice(18 * y, 18);
                Assert.True(row[..9].SequenceEqual(left.Frame(t).Span.Slice(9 * y, 9)));
                Assert.True(row[9..].SequenceEqual(right.Frame(t).Span.Slice(9 * y, 9)));
            }
        }
    }

    [Fact]
    public void Clips_that_differ_cannot_stand_side_by_side()
    {
        VideoClip clip = new(new byte[18], Size, new FrameRate(16));

        Assert.Throws<ArgumentException>(() => SideBySide.Of(clip, new VideoClip(new byte[36], Size, new FrameRate(16))));
        Assert.Throws<ArgumentException>(() => SideBySide.Of(clip, new VideoClip(new byte[18], Size, new FrameRate(15))));
        Assert.Throws<ArgumentException>(() => SideBySide.Of(clip, new VideoClip(new byte[18], new FrameSize(2, 3), new FrameRate(16))));
        Assert.Throws<ArgumentException>(() => SideBySide.Of());
    }
}
