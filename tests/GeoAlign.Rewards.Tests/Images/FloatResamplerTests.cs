namespace GeoAlign.Rewards.Tests.Images;

public class FloatResamplerTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("rewards", "preprocess.safetensors");
    private static readonly FixtureTensors Inputs = FixtureTensors.Load("rewards", "bicubic_8bit.safetensors");

    public static TheoryData<int, string> BicubicCases => EightBitResamplerTests.BicubicCases;

    [Theory, MemberData(nameof(BicubicCases))]
    public void Antialiased_bicubic_matches_before_and_after_rounding(int index, string content)
    {
        FixtureTensor input = Inputs[$"bicubic{index}.{content}.input"], expected = Golden[$"bicubic{index}.{content}.float"];
        FloatResampler resampler = FloatResampler.Antialiased(Size(input), Size(expected));
        float[] numbers = new float[expected.Values.Length];
        byte[] levels = new byte[expected.Values.Length];

        resampler.Resample(Bytes(input), numbers);
        resampler.Resample(Bytes(input), levels);

        Near.Equal(expected.Values, numbers, 1e-3);       // seen: 6e-5
        double[] golden = Golden[$"bicubic{index}.{content}.tv_u8"].Values;
        int[] off = [.. Enumerable.Range(0, levels.Length).Where(i => levels[i] != golden[i])];
        Assert.All(off, i => Assert.Equal(1, Math.Abs(levels[i] - golden[i])));
        Assert.True(off.Length <= levels.Length / 1000, $"{off.Length} of {levels.Length} levels differ by one");
    }

    [Theory]
    [InlineData(InterpolationKernel.Bilinear)]
    [InlineData(InterpolationKernel.Bicubic)]
    public void Interpolation_is_the_weighted_mean_of_the_nearest_pixels_with_the_border_repeated(InterpolationKernel kernel) => ForAll.Seeds(40, rng =>
    {
        ImageSize input = new(rng.Next(1, 12), rng.Next(1, 12)), output = new(rng.Next(1, 20), rng.Next(1, 20));
        byte[] image = new byte[3 * input.WidthPixels * input.HeightPixels];
        rng.NextBytes(image);
        float[] result = new float[3 * output.WidthPixels * output.HeightPixels];
        FloatResampler.Interpolated(input, output, kernel).Resample(image, result);

        double[] expected = new double[result.Length];
        for (int i = 0; i < expected.Length; i++)
        {
            (int y, int x, int c) = (i / 3 / output.WidthPixels, i / 3 % output.WidthPixels, i % 3);
            double v = Place(y, input.HeightPixels, output.HeightPixels, kernel), u = Place(x, input.WidthPixels, output.WidthPixels, kernel);
            for (int a = (int)Math.Floor(v) - 1; a <= Math.Floor(v) + 2; a++)
            {
                for (int b = (int)Math.Floor(u) - 1; b <= Math.Floor(u) + 2; b++)
                {
                    int row = Math.Clamp(a, 0, input.HeightPixels - 1), column = Math.Clamp(b, 0, input.WidthPixels - 1);
                    expected[i] += Weight(a - v, kernel) * Weight(b - u, kernel) * image[3 * (row * input.WidthPixels + column) + c];
                }
            }
        }

        Near.Equal(expected, result, 2e-3);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_colour_stays_what_it_is(bool antialiased)
    {
        byte[] image = new byte[3 * 17 * 31], result = new byte[3 * 40 * 9];
        Array.Fill<byte>(image, 201);
        FloatResampler resampler = antialiased
            ? FloatResampler.Antialiased(new(17, 31), new(40, 9))
            : FloatResampler.Interpolated(new(17, 31), new(40, 9), InterpolationKernel.Bicubic);

        resampler.Resample(image, result);

        Assert.All(result, p => Assert.Equal(201, p));
    }

    [Fact]
    public void Same_size_copies()
    {
        byte[] image = Videos.Noise(new Random(1), 5, 7, 1).Rgb24.ToArray(), result = new byte[image.Length];

        FloatResampler.Antialiased(new(5, 7), new(5, 7)).Resample(image, result);

        Assert.Equal(image, result);
    }

    [Fact]
    public void Bytes_of_another_size_are_refused()
    {
        FloatResampler resampler = FloatResampler.Antialiased(new(8, 8), new(4, 4));

        Assert.Contains("expected 192", Assert.Throws<ArgumentException>(() => resampler.Resample(new byte[191], new byte[48])).Message, StringComparison.Ordinal);
        Assert.Contains("expected 48", Assert.Throws<ArgumentException>(() => resampler.Resample(new byte[192], new float[49])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FloatResampler.Antialiased(new(8, 0), new(4, 4)));
        Assert.Throws<ArgumentException>(() => FloatResampler.Interpolated(new(8, 8), new(0, 4), InterpolationKernel.Bilinear));
        Assert.Throws<ArgumentOutOfRangeException>(() => FloatResampler.Interpolated(new(8, 8), new(4, 4), (InterpolationKernel)7));
    }

    private static double Place(int i, int inputs, int outputs, InterpolationKernel kernel)
    {
        double place = (i + 0.5) * inputs / outputs - 0.5;
        return kernel == InterpolationKernel.Bilinear ? Math.Max(place, 0) : place;
    }

    private static double Weight(double x, InterpolationKernel kernel)
    {
        const double a = -0.75;
        x = Math.Abs(x);
        if (kernel == InterpolationKernel.Bilinear) return Math.Max(0, 1 - x);
        return x < 1 ? (a + 2) * x * x * x - (a + 3) * x * x + 1 : x < 2 ? a * x * x * x - 5 * a * x * x + 8 * a * x - 4 * a : 0;
    }

    private static ImageSize Size(FixtureTensor image) => new(image.Shape[1], image.Shape[0]);

    private static byte[] Bytes(FixtureTensor image) => Array.ConvertAll(image.Values, v => (byte)v);
}
