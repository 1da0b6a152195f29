using GeoAlign.Rewards;

namespace GeoAlign.Models.Tests;

public class Qwen2VlImagesTests
{
    // One level of the 8-bit image, where a float32 sum sits at a half.
    private const double OneLevel = 0.0152;

    private static readonly FixtureTensors Golden = FixtureTensors.Load("rewards", "preprocess.safetensors");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Patches_of_resized_frames_match(int index)
    {
        FixtureTensor resized = Golden[$"video{index}.resized_tchw"], expected = Golden[$"video{index}.patches"];
        (int frames, int height, int width) = (resized.Shape[0], resized.Shape[2], resized.Shape[3]);
        byte[] rgb = new byte[resized.Values.Length];
        for (int i = 0; i < rgb.Length; i++)
        {
            (int plane, int pixel) = (i / (height * width), i % (height * width));
            rgb[3 * (plane / 3 * height * width + pixel) + plane % 3] = (byte)resized.Values[i];
        }

        Qwen2VlPatches patches = Qwen2VlImages.Cut(rgb, frames, new ImageSize(width, height));

        Assert.Equal(Golden[$"video{index}.grid_thw"].Integers(), (long[])[patches.GridFrames, patches.GridRows, patches.GridColumns]);
        Near.Equal(expected.Values, patches.Values.Span, 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Patches_of_a_video_match_but_for_single_levels(int index)
    {
        FixtureTensor input = Golden[$"video{index}.input_thwc"];
        long[] bounds = Golden[$"video{index}.min_max_pixels"].Integers();
        VideoFrames video = new(Array.ConvertAll(input.Values, v => (byte)v), input.Shape[2], input.Shape[1], input.Shape[0], 16);

        Qwen2VlPatches patches = Qwen2VlImages.OfVideo(video, bounds[0], bounds[1]);

        double[] expected = Golden[$"video{index}.patches"].Values;
        Near.Equal(expected, patches.Values.Span, OneLevel);
        Assert.True(Differing(expected, patches.Values.Span) <= expected.Length / 1000);
    }

    [Fact]
    public void Ten_frames_of_480_by_832_match()
    {
        VideoFrames video = Generated(10, 0);
        long[] sums = Golden["realistic.input_sum_per_frame"].Integers();
        for (int f = 0; f < 10; f++) Assert.Equal(sums[f], Sum(video.Frame(f)));

        Qwen2VlPatches patches = Qwen2VlImages.OfVideo(video);

        Assert.Equal(Golden["realistic.grid_thw"].Integers(), (long[])[patches.GridFrames, patches.GridRows, patches.GridColumns]);
        Assert.Equal(1260, patches.TokenCount);
        CompareRows(Golden["realistic.rows"], Golden["realistic.patch_rows"], patches, OneLevel);
        double mean = 0;
        foreach (float value in patches.Values.Span) mean += value;
        Assert.Equal(Golden["realistic.patch_mean"].Scalar, mean / patches.Values.Length, 1e-5);

        byte[] resized = new byte[3 * 588 * 336];
        FloatResampler resampler = FloatResampler.Antialiased(new(832, 480), new(588, 336));
        long[] resizedSums = Golden["realistic.resized_sum_per_frame"].Integers();
        for (int f = 0; f < 10; f++)
        {
            resampler.Resample(video.Frame(f), resized);
            Assert.InRange(Sum(resized), resizedSums[f] - 50, resizedSums[f] + 50);
        }
    }

    [Fact]
    public void An_image_of_480_by_832_matches_in_8_bits()
    {
        VideoFrames image = Generated(1, 3);
        ImageSize size = SmartResize.Of(new(832, 480), 200_704, 200_704);
        Assert.Equal(Golden["hps.resized_hw"].Integers(), (long[])[size.HeightPixels, size.WidthPixels]);
        byte[] resized = new byte[3 * size.WidthPixels * size.HeightPixels];
        new EightBitResampler(new(832, 480), size, ResampleFilter.Bicubic).Resample(image.Frame(0), resized);
        Assert.Equal(Golden["hps.resized_sum"].Integers()[0], Sum(resized));

        Qwen2VlPatches patches = Qwen2VlImages.OfImage(image.Frame(0), new(832, 480));

        Assert.Equal(Golden["hps.grid_thw"].Integers(), (long[])[patches.GridFrames, patches.GridRows, patches.GridColumns]);
        CompareRows(Golden["hps.rows"], Golden["hps.patch_rows"], patches, 1e-6);
    }

    [Fact]
    public void A_grey_video_has_the_luma_of_Pillow_in_all_channels()
    {
        FixtureTensors file = FixtureTensors.Load("rewards", "aggregation.safetensors");
        FixtureTensor rgb = file["gray.rgb"];
        VideoFrames video = new(Array.ConvertAll(rgb.Values, v => (byte)v), rgb.Shape[2], rgb.Shape[1], rgb.Shape[0], 16);

        byte[] grey = GreyVideo.Of(video).Rgb24.ToArray();

        Assert.Equal(file["gray.pil_L"].Values.SelectMany(l => new[] { l, l, l }), grey.Select(p => (double)p));
    }

    private static VideoFrames Generated(int frames, int seed)
    {
        const int height = 480, width = 832;
        double[] texture = [.. Enumerable.Range(0, height * width).Select(i => 30 * Math.Sin(0.9 * (i % width) + 0.7 * (i / width)))];
        byte[] rgb = new byte[3 * frames * height * width];
        for (int t = 0; t < frames; t++)
        {
            double[] across = [.. Enumerable.Range(0, 3 * width).Select(i => 90 * Math.Sin(0.13 * (i / 3) + 0.3 * t + i % 3 + seed))];
            for (int y = 0; y < height; y++)
            {
                double down = Math.Cos(0.11 * y - 0.2 * t + 0.5 * seed);
                Span<byte> row = rgb.AsSpan(3 * width * (t * height + y), 3 * width);
                for (int i = 0; i < row.Length; i++)
                    row[i] = (byte)Math.Clamp(Math.Floor(127.5 + across[i] * down + texture[y * width + i / 3] + 0.5), 0, 255);
            }
        }

        return new VideoFrames(rgb, width, height, frames, 16);
    }

    private static void CompareRows(FixtureTensor rows, FixtureTensor expected, Qwen2VlPatches patches, double tolerance)
    {
        int differing = 0;
        for (int i = 0; i < rows.Values.Length; i++)
        {
            ReadOnlySpan<float> row = patches.Values.Span.Slice((int)rows.Values[i] * Qwen2VlPatches.PatchLength, Qwen2VlPatches.PatchLength);
            Near.Equal(expected.Row(i), row, tolerance, what: $"patch {rows.Values[i]}");
            differing += Differing(expected.Row(i), row);
        }

        Assert.True(differing <= expected.Values.Length / 1000, $"{differing} numbers differ");
    }

    private static int Differing(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual)
    {
        int count = 0;
        for (int i = 0; i < expected.Length; i++) count += Math.Abs(expected[i] - actual[i]) > 1e-6 ? 1 : 0;
        return count;
    }

    private static long Sum(ReadOnlySpan<byte> bytes)
    {
        long sum = 0;
        foreach (byte b in bytes) sum += b;
        return sum;
    }
}
