using System.Text.Json;

namespace GeoAlign.Rewards.Tests.Images;

public class PreprocessGoldenTests
{
    private static readonly FixtureTensors File = FixtureTensors.Load("mapanything", "preprocess.safetensors");

    public static TheoryData<int> Cases => [2, 3, 4, 5, 7];

    [Theory, MemberData(nameof(Cases))]
    public void Size_resize_and_crop_match(int index)
    {
        (ImageSize input, ImageSize target) = Sizes(index);
        long[] golden = File[$"case{index}.geometry"].Integers();

        CoverCrop crop = CoverCrop.Of(input, target);

        Assert.Equal(golden, (long[])[target.WidthPixels, target.HeightPixels, crop.Resized.WidthPixels, crop.Resized.HeightPixels, crop.Left, crop.Top]);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Pixels_match_bit_for_bit_and_numbers_to_1e_6(int index)
    {
        (ImageSize input, ImageSize target) = Sizes(index);
        byte[] image = Array.ConvertAll(File[$"case{index}.input_rgb"].Values, v => (byte)v);
        FramePreprocessor preprocessor = new(input, target, ResizeMode.CoverLanczosBicubic, PixelNormalisation.ImageNet);
        float[] planes = new float[3 * target.WidthPixels * target.HeightPixels];

        double[] resized = Array.ConvertAll(preprocessor.Resized(image).ToArray(), p => (double)p);
        preprocessor.Write(image, planes);

        if (File.Has($"case{index}.resized_rgb"))
        {
            Assert.Equal(File[$"case{index}.resized_rgb"].Values, resized);
            Near.Equal(File[$"case{index}.normalised"].Values, planes, 1e-6);
            return;
        }

        (int w, int h) = (target.WidthPixels, target.HeightPixels);
        foreach ((string corner, int top, int left) in new[] { ("tl", 0, 0), ("c", h / 2 - 10, w / 2 - 10), ("br", h - 20, w - 20) })
        {
            FixtureTensor pixels = File[$"case{index}.resized_rgb.{corner}"], numbers = File[$"case{index}.normalised.{corner}"];
            for (int y = 0; y < 20; y++)
            {
                Assert.Equal(pixels.Row(y).ToArray(), resized.AsSpan(3 * ((top + y) * w + left), 60).ToArray());
                for (int c = 0; c < 3; c++)
                    Near.Equal(numbers.Row(c).Slice(20 * y, 20), planes.AsSpan((c * h + top + y) * w + left, 20), 1e-6);
            }
        }

        long[] sums = new long[3], weighted = new long[3];
        for (int i = 0; i < resized.Length; i++)
        {
            int row = i / 3 / w, column = i / 3 % w;
            sums[i % 3] += (long)resized[i];
            weighted[i % 3] += (long)resized[i] * ((7 * row + 13 * column) % 101);
        }

        Assert.Equal(File[$"case{index}.resized_channel_sum"].Integers(), sums);
        Assert.Equal(File[$"case{index}.resized_weighted_sum"].Integers(), weighted);
    }

    [Theory]
    [InlineData("set518")]
    [InlineData("set512")]
    [InlineData("set504")]
    public void Mapped_sizes_match(string set)
    {
        FixtureTensor golden = FixtureTensors.Load("mapanything", "preprocess_buckets.safetensors")[set];
        NetworkImageSize rule = set switch { "set518" => NetworkImageSize.Mapped518, "set512" => NetworkImageSize.Mapped512, _ => NetworkImageSize.Mapped504 };

        for (int i = 0; i < golden.Shape[0]; i++)
        {
            ReadOnlySpan<double> row = golden.Row(i);
            Assert.Equal(new ImageSize((int)row[2], (int)row[3]), rule.For(row[0] / row[1]));
        }
    }

    [Fact]
    public void Resize_and_crop_of_the_mapped_sizes_match()
    {
        FixtureTensors file = FixtureTensors.Load("mapanything", "preprocess_buckets.safetensors");
        FixtureTensor sizes = file["set518"], golden = file["set518_resized_crop"];

        for (int i = 0; i < golden.Shape[0]; i++)
        {
            ReadOnlySpan<double> size = sizes.Row(i);
            CoverCrop crop = CoverCrop.Of(new((int)size[0], (int)size[1]), new((int)size[2], (int)size[3]));
            Assert.Equal(golden.Row(i).ToArray(), (double[])[crop.Resized.WidthPixels, crop.Resized.HeightPixels, crop.Left, crop.Top]);
        }
    }

    private static (ImageSize Input, ImageSize Target) Sizes(int index)
    {
        using JsonDocument cases = JsonDocument.Parse(System.IO.File.ReadAllText(Repository.Fixture("mapanything", "preprocess_cases.json")));
        JsonElement entry = cases.RootElement.EnumerateArray().Single(e => e.GetProperty("case").GetInt32() == index);
        ImageSize input = new(entry.GetProperty("input")[1].GetInt32(), entry.GetProperty("input")[0].GetInt32());
        JsonElement args = entry.GetProperty("args");
        NetworkImageSize rule = args.TryGetProperty("resize_mode", out JsonElement mode)
            ? mode.GetString() switch
            {
                "longest_side" => NetworkImageSize.LongestSide(args.GetProperty("size").GetInt32(), 14),
                "square" => NetworkImageSize.Square(args.GetProperty("size").GetInt32(), 14),
                _ => NetworkImageSize.Fixed(args.GetProperty("size")[0].GetInt32(), args.GetProperty("size")[1].GetInt32(), 14),
            }
            : NetworkImageSize.Mapped504;
        return (input, rule.For((double)input.WidthPixels / input.HeightPixels));
    }
}
