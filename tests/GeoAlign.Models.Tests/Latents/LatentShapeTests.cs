namespace GeoAlign.Models.Tests;

public class LatentShapeTests
{
    [Theory]
    [InlineData(81, 480, 832, 21, 60, 104)]
    [InlineData(5, 32, 32, 2, 4, 4)]
    [InlineData(1, 16, 16, 1, 2, 2)]
    public void A_video_and_its_latents_give_each_others_size(int frames, int height, int width, int latentFrames, int rows, int columns)
    {
        LatentShape shape = LatentShape.ForVideo(frames, height, width);

        Assert.Equal(new LatentShape(latentFrames, rows, columns), shape);
        Assert.Equal((frames, height, width), (shape.VideoFrames, shape.HeightPixels, shape.WidthPixels));
        Assert.Equal(16 * latentFrames * rows * columns, shape.Count);
    }

    [Theory]
    [InlineData(80, 480, 832, "77 or 81")]
    [InlineData(0, 480, 832, "1 or 5")]
    [InlineData(4, 480, 832, "1 or 5")]
    [InlineData(6, 480, 832, "5 or 9")]
    [InlineData(81, 488, 832, "480 or 496")]
    [InlineData(81, 480, 8, "16 or 32")]
    [InlineData(81, -16, 832, "multiple of 16")]
    public void Sizes_without_latents_are_refused_with_the_nearest_that_fit(int frames, int height, int width, string advice)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => LatentShape.ForVideo(frames, height, width));

        Assert.Contains(advice, e.Message, StringComparison.Ordinal);
    }
}
