namespace GeoAlign.Models.Tests;

public sealed class FoldedPixelCodecTests
{
    private static readonly LatentShape Shape = LatentShape.ForVideo(3, 8, 4, LatentLayout.FoldedPixels);

    [Fact]
    public void Every_byte_comes_back()
    {
        byte[] video = new byte[Shape.VideoBytes], back = new byte[Shape.VideoBytes];
        new Random(1).NextBytes(video);
        float[] latents = new float[Shape.Count];

        new FoldedPixelCodec().Encode(Shape, video, latents);
        new FoldedPixelCodec().Decode(Shape, latents, back);

        Assert.Equal(video, back);
    }

    [Fact]
    public void A_pixel_is_found_in_the_channel_of_its_colour_and_place_in_the_cell()
    {
        byte[] video = new byte[Shape.VideoBytes];
        (int frame, int y, int x, int colour) = (2, 5, 2, 1);
        video[((frame * 8 + y) * 4 + x) * 3 + colour] = 255;
        float[] latents = new float[Shape.Count];

        new FoldedPixelCodec().Encode(Shape, video, latents);

        int channel = 4 * colour + 2 * (y % 2) + x % 2, at = ((channel * 3 + frame) * 4 + y / 2) * 2 + x / 2;
        Assert.Equal(1f, latents[at]);
        Assert.Equal(latents.Length - 1, latents.Count(value => value == -1));
    }

    [Fact]
    public void Latents_beyond_black_and_white_are_clamped()
    {
        float[] latents = new float[Shape.Count];
        Array.Fill(latents, 1.5f);
        byte[] video = new byte[Shape.VideoBytes];

        new FoldedPixelCodec().Decode(Shape, latents, video);

        Assert.All(video, value => Assert.Equal(255, value));
    }

    [Fact]
    public void A_latent_that_is_no_number_is_refused()
    {
        float[] latents = new float[Shape.Count];
        latents[17] = float.NaN;

        ArgumentException e = Assert.Throws<ArgumentException>(() => new FoldedPixelCodec().Decode(Shape, latents, new byte[Shape.VideoBytes]));

        Assert.Contains("latents[17]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Latents_of_another_layout_are_refused()
    {
        LatentShape wan = LatentShape.ForVideo(1, 16, 16);

        ArgumentException e = Assert.Throws<ArgumentException>(() => new FoldedPixelCodec().Encode(wan, new byte[wan.VideoBytes], new float[wan.Count]));

        Assert.Contains("layout", e.Message, StringComparison.Ordinal);
    }
}
