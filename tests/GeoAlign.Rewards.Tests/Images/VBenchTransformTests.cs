namespace GeoAlign.Rewards.Tests.Images;

public class VBenchTransformTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("rewards", "preprocess.safetensors");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Frames_match_those_of_the_published_transforms(int index)
    {
        FixtureTensor input = Golden[$"vbench{index}.input"];
        byte[] frame = Array.ConvertAll(input.Values, v => (byte)v);
        ImageSize size = new(input.Shape[1], input.Shape[0]);

        Compare(Golden[$"vbench{index}.clip32"], VBenchTransform.Clip(32).Apply(frame, size));
        Compare(Golden[$"vbench{index}.dino32"], VBenchTransform.Dino(32).Apply(frame, size));
        Compare(Golden[$"vbench{index}.musiq_longer40"], VBenchTransform.Musiq(40).Apply(frame, size));
    }

    [Fact]
    public void A_frame_within_the_bound_keeps_its_pixels()
    {
        PlanarImage image = VBenchTransform.Musiq().Apply([0, 51, 255, 255, 102, 0], new(2, 1));

        Assert.Equal(new ImageSize(2, 1), image.Size);
        Assert.Equal([0, 1, 51 / 255f, 102 / 255f, 1, 0], image.Values.ToArray());
    }

    [Fact]
    public void A_middle_crop_of_an_odd_rest_starts_at_the_even_place()
    {
        // Resized to 32×35 and 32×37: rests of 3 and 5, halves 1.5 → 2 and 2.5 → 2.
        foreach ((int height, int top) in new[] { (35, 2), (37, 2) })
        {
            byte[] frame = new byte[3 * 32 * height];
            for (int y = 0; y < height; y++) frame.AsSpan(3 * 32 * y, 3 * 32).Fill((byte)y);

            PlanarImage image = VBenchTransform.Clip(32).Apply(frame, new(32, height));

            Assert.Equal(top, Math.Round(255 * (image.Values.Span[0] * 0.26862954 + 0.48145466)));
        }
    }

    [Fact]
    public void A_size_that_leaves_no_pixel_is_refused()
    {
        Assert.Throws<ArgumentException>(() => VBenchTransform.Musiq(40).Apply(new byte[3 * 100], new(100, 1)));
        Assert.Throws<ArgumentException>(() => VBenchTransform.Clip().Apply([], new(0, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => VBenchTransform.Dino(0));
    }

    private static void Compare(FixtureTensor expected, PlanarImage actual)
    {
        Assert.Equal(expected.Shape, (int[])[3, actual.Size.HeightPixels, actual.Size.WidthPixels]);
        Near.Equal(expected.Values, actual.Values.Span, 2e-5, what: expected.Name);
    }
}
