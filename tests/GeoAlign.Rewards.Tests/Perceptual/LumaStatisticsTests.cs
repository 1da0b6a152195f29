namespace GeoAlign.Rewards.Tests.Perceptual;

public class LumaStatisticsTests
{
    [Fact]
    public void Statistics_are_those_of_the_definitions() => ForAll.Seeds(30, rng =>
    {
        int width = rng.Next(3, 9), height = rng.Next(3, 9);
        VideoFrames video = Videos.Noise(rng, width, height, 1);
        byte[] bytes = new byte[width * height];
        Luma.Convert(video.Frame(0), bytes);
        double L(int x, int y) => bytes[y * width + x];
        List<double> all = [], right = [], below = [], laplacian = [];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                all.Add(L(x, y));
                if (x + 1 < width) right.Add(Math.Pow(L(x + 1, y) - L(x, y), 2));
                if (y + 1 < height) below.Add(Math.Pow(L(x, y + 1) - L(x, y), 2));
                if (x > 0 && y > 0 && x + 1 < width && y + 1 < height) laplacian.Add(4 * L(x, y) - L(x - 1, y) - L(x + 1, y) - L(x, y - 1) - L(x, y + 1));
            }
        }

        LumaStatistics s = LumaStatistics.Of(video.Frame(0), width, height);

        Near.Equal(
            [all.Average(), Math.Sqrt(Variance(all)), right.Average() + below.Average(), Variance(laplacian)],
            [s.Mean, s.StandardDeviation, s.GradientEnergy, s.LaplacianVariance], 0, 1e-12);
    });

    [Fact]
    public void One_pixel_has_a_mean_and_nothing_else() =>
        Assert.Equal(new LumaStatistics(200, 0, 0, 0), LumaStatistics.Of([200, 200, 200], 1, 1));

    [Fact]
    public void Ramp_has_gradients_but_no_sharpness()
    {
        byte[] rgb = [.. Enumerable.Range(0, 25).SelectMany(i => Enumerable.Repeat((byte)(10 * (i % 5)), 3))];

        LumaStatistics s = LumaStatistics.Of(rgb, 5, 5);

        Assert.Equal(100, s.GradientEnergy);
        Assert.Equal(0, s.LaplacianVariance);
    }

    private static double Variance(List<double> values)
    {
        double mean = values.Average();
        return values.Average(v => (v - mean) * (v - mean));
    }
}
