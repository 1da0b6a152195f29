namespace GeoAlign.Rewards.Tests.Images;

public class FramePreprocessorTests
{
    [Fact]
    public void Generated_clips_of_832_by_480_go_to_518_by_294_with_two_rows_cut()
    {
        ImageSize target = NetworkImageSize.Mapped518.For(832.0 / 480);

        Assert.Equal(new ImageSize(518, 294), target);
        Assert.Equal(new CoverCrop(new(518, 298), 0, 2, ResampleFilter.Lanczos), CoverCrop.Of(new(832, 480), target));
        Assert.Equal(new ImageSize(294, 518), NetworkImageSize.Mapped518.For(480.0 / 832));
    }

    [Fact]
    public void Tie_between_two_sizes_goes_to_the_narrower_one() =>
        Assert.Equal(new ImageSize(512, 288), NetworkImageSize.Mapped512.For((1.778 + 2.0) / 2));

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Aspect_ratio_must_be_a_positive_number(double aspect) => Assert.Throws<ArgumentOutOfRangeException>(() => NetworkImageSize.Mapped518.For(aspect));

    [Fact]
    public void Aspect_ratio_that_leaves_no_patch_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkImageSize.LongestSide(70, 14).For(100));

    [Fact]
    public void Stretch_takes_the_whole_image()
    {
        byte[] image = Videos.Noise(new Random(2), 20, 10, 1).Rgb24.ToArray(), expected = new byte[3 * 6 * 12];
        new EightBitResampler(new(20, 10), new(6, 12), ResampleFilter.Bicubic).Resample(image, expected);

        Assert.Equal(expected, new FramePreprocessor(new(20, 10), new(6, 12), ResizeMode.StretchBicubic, PixelNormalisation.Unit).Resized(image).ToArray());
    }

    [Fact]
    public void Without_resize_frames_pass_or_are_refused()
    {
        byte[] image = Videos.Noise(new Random(2), 6, 4, 1).Rgb24.ToArray();

        Assert.Equal(image, new FramePreprocessor(new(6, 4), new(6, 4), ResizeMode.None, PixelNormalisation.Unit).Resized(image).ToArray());
        ArgumentException error = Assert.Throws<ArgumentException>(() => new FramePreprocessor(new(6, 5), new(6, 4), ResizeMode.None, PixelNormalisation.Unit));
        Assert.Contains("6×5", error.Message, StringComparison.Ordinal);
        Assert.Contains("6×4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Normalisation_takes_range_mean_deviation_and_channel_order()
    {
        byte[] pixel = [0, 51, 255];
        float[] planes = new float[3];

        new PixelNormalisation { Low = -1, High = 1, Mean = [0, 0.5f, 0], Std = [1, 2, 4], Channels = ChannelOrder.Bgr }.Write(pixel, planes);
        Assert.Equal([1, (-0.6f - 0.5f) / 2, -0.25f], planes.Select(x => MathF.Round(x, 6)));

        new PixelNormalisation { High = 255 }.Write(pixel, planes);
        Assert.Equal([0, 51, 255], planes);
    }

    [Fact]
    public void Planes_are_separate()
    {
        byte[] image = [1, 2, 3, 4, 5, 6];
        float[] planes = new float[6];

        new PixelNormalisation { High = 255 }.Write(image, planes);

        Assert.Equal([1, 4, 2, 5, 3, 6], planes.Select(x => (int)Math.Round(x)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    public void Deviation_must_be_positive(float std) => Assert.Throws<ArgumentException>(() => new PixelNormalisation { Std = [1, std, 1] }.Validated());
}
