namespace GeoAlign.Rewards.Tests.Images;

public class EightBitResamplerTests
{
    public static TheoryData<int, string> BicubicCases
    {
        get
        {
            TheoryData<int, string> cases = [];
            for (int i = 0; i < 6; i++)
            {
                cases.Add(i, "noise");
                cases.Add(i, "smooth");
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(BicubicCases))]
    public void Bicubic_is_bit_exact(int index, string content)
    {
        FixtureTensors file = FixtureTensors.Load("rewards", "bicubic_8bit.safetensors");
        FixtureTensor input = file[$"bicubic{index}.{content}.input"], expected = file[$"bicubic{index}.{content}.pil_u8"];
        byte[] result = new byte[expected.Values.Length];

        new EightBitResampler(Size(input), Size(expected), ResampleFilter.Bicubic).Resample(Bytes(input), result);

        Assert.Equal(Bytes(expected), result);
    }

    [Theory]
    [InlineData(ResampleFilter.Bicubic)]
    [InlineData(ResampleFilter.Lanczos)]
    public void Part_equals_the_same_part_of_the_whole(ResampleFilter filter) => ForAll.Seeds(60, rng =>
    {
        ImageSize input = new(rng.Next(3, 40), rng.Next(3, 40)), resized = new(rng.Next(3, 60), rng.Next(3, 60));
        ImageSize part = new(rng.Next(1, resized.WidthPixels + 1), rng.Next(1, resized.HeightPixels + 1));
        int left = rng.Next(resized.WidthPixels - part.WidthPixels + 1), top = rng.Next(resized.HeightPixels - part.HeightPixels + 1);
        byte[] image = new byte[3 * input.WidthPixels * input.HeightPixels];
        rng.NextBytes(image);
        byte[] whole = new byte[3 * resized.WidthPixels * resized.HeightPixels], some = new byte[3 * part.WidthPixels * part.HeightPixels];

        new EightBitResampler(input, resized, filter).Resample(image, whole);
        new EightBitResampler(input, resized, left, top, part, filter).Resample(image, some);

        for (int y = 0; y < part.HeightPixels; y++)
        {
            ReadOnlySpan<byte> row = whole.AsSpan(3 * ((top + y) * resized.WidthPixels + left), 3 * part.WidthPixels);
            Assert.True(row.SequenceEqual(some.AsSpan(3 * y * part.WidthPixels, row.Length)), $"row {y} of {part} at ({left}, {top}) of {resized} from {input}");
        }
    });

    [Theory]
    [InlineData(ResampleFilter.Bicubic)]
    [InlineData(ResampleFilter.Lanczos)]
    public void One_colour_stays_what_it_is(ResampleFilter filter)
    {
        byte[] image = new byte[3 * 17 * 31], result = new byte[3 * 40 * 9];
        Array.Fill<byte>(image, 201);

        new EightBitResampler(new(17, 31), new(40, 9), filter).Resample(image, result);

        Assert.All(result, p => Assert.Equal(201, p));
    }

    [Fact]
    public void Same_size_copies()
    {
        byte[] image = Videos.Noise(new Random(1), 5, 7, 1).Rgb24.ToArray(), result = new byte[image.Length];

        new EightBitResampler(new(5, 7), new(5, 7), ResampleFilter.Lanczos).Resample(image, result);

        Assert.Equal(image, result);
    }

    [Fact]
    public void Part_outside_of_the_image_is_refused() =>
        Assert.Throws<ArgumentException>(() => new EightBitResampler(new(8, 8), new(4, 4), 1, 0, new(4, 4), ResampleFilter.Bicubic));

    [Fact]
    public void Bytes_of_another_size_are_refused()
    {
        EightBitResampler resampler = new(new(8, 8), new(4, 4), ResampleFilter.Bicubic);

        Assert.Contains("expected 192", Assert.Throws<ArgumentException>(() => resampler.Resample(new byte[191], new byte[48])).Message, StringComparison.Ordinal);
        Assert.Contains("expected 48", Assert.Throws<ArgumentException>(() => resampler.Resample(new byte[192], new byte[49])).Message, StringComparison.Ordinal);
    }

    private static ImageSize Size(FixtureTensor image) => new(image.Shape[1], image.Shape[0]);

    private static byte[] Bytes(FixtureTensor image) => Array.ConvertAll(image.Values, v => (byte)v);
}
