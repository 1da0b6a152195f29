namespace GeoAlign.Miniature.Tests;

public class BinomialBlurTests
{
    [Fact]
    public void A_point_becomes_the_kernel()
    {
        float[] point = new float[20], blurred = new float[20];
        point[2 * 4 + 1] = 16;                                    // 4 wide, 5 high: row 2, column 1

        BinomialBlur.Apply(point, 4, 5, blurred);

        float[] expected = [0, 0, 0, 0, 1, 2, 1, 0, 2, 4, 2, 0, 1, 2, 1, 0, 0, 0, 0, 0];
        Assert.Equal(expected, blurred);
    }

    [Fact]
    public void Border_pixels_repeat_and_planes_do_not_mix()
    {
        float[] planes = [16, 0, 0, 0, 0, 0, 0, 0], blurred = new float[8];

        BinomialBlur.Apply(planes, 2, 2, blurred);

        Assert.Equal([9, 3, 3, 1, 0, 0, 0, 0], blurred);
    }

    [Fact]
    public void A_single_pixel_stays()
    {
        float[] blurred = new float[3];

        BinomialBlur.Apply([1, 2, 3], 1, 1, blurred);

        Assert.Equal([1, 2, 3], blurred);
    }
}
