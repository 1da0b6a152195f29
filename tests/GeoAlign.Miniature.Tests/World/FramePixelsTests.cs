namespace GeoAlign.Miniature.Tests;

public class FramePixelsTests
{
    [Fact]
    public void Planes_become_pixels_and_back()
    {
        byte[] bytes = [0, 1, 2, 127, 128, 254, 255, 7, 9, 100, 200, 50];
        float[] planar = new float[12];
        byte[] back = new byte[12];

        FramePixels.FromRgb24(bytes, planar);
        FramePixels.ToRgb24(planar, back);

        Assert.Equal(bytes, back);
        Assert.Equal(-1f, planar[0]);
        Assert.Equal(1f, planar[2]);                     // third pixel, red
        Assert.Equal(1 / 127.5f - 1, planar[4]);         // first pixel, green
    }

    [Fact]
    public void Values_out_of_range_are_clamped_and_NaN_is_refused()
    {
        byte[] bytes = new byte[3];

        FramePixels.ToRgb24([-3, 0, 3], bytes);

        Assert.Equal<byte>([0, 128, 255], bytes);
        Assert.Throws<ArgumentException>(() => FramePixels.ToRgb24([0, float.NaN, 0], new byte[3]));
        Assert.Throws<ArgumentException>(() => FramePixels.ToRgb24([0, 0, 0], new byte[6]));
    }
}
