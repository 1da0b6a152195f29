using GeoAlign.Rewards;

namespace GeoAlign.Evaluate.Tests.Networks;

public class VBenchFiguresTests
{
    [Fact]
    public void Features_of_all_frames_are_gathered_from_runs_of_a_few()
    {
        FakeNetwork same = FakeNetwork.Constant(1, 2, 3);

        Assert.Equal(1, VBenchFigures.Consistency(same, Ramp(11), VBenchTransform.Clip(), CancellationToken.None), 1e-12);

        Assert.Equal([(8, new ImageSize(224, 224)), (3, new ImageSize(224, 224))], same.Runs);
    }

    [Fact]
    public void Scores_of_frames_become_those_of_the_video()
    {
        Assert.Equal(0.52, VBenchFigures.Aesthetic(FakeNetwork.Constant(5.2f), Ramp(3), CancellationToken.None), 1e-7);
        Assert.Equal(0.68, VBenchFigures.Imaging(FakeNetwork.Constant(68), Ramp(3), CancellationToken.None), 1e-12);
        Assert.Throws<InvalidOperationException>(() => VBenchFigures.Imaging(FakeNetwork.Constant(68, 1), Ramp(3), CancellationToken.None));
    }

    [Fact]
    public void An_interpolator_that_gives_the_mean_predicts_even_brightening_to_the_last_level()
    {
        FakeNetwork mean = new(pair => new NetworkTensor(
            [.. pair[0].Values.ToArray().Zip(pair[1].Values.ToArray(), (a, b) => (a + b) / 2)], [1, 3, pair[0].Size.HeightPixels, pair[0].Size.WidthPixels]));

        double score = VBenchFigures.Smoothness(mean, Ramp(6), CancellationToken.None);

        Assert.InRange(score, 254 / 255.0, 1);                                           // predicted levels are cut to whole numbers
        Assert.Equal([(2, new ImageSize(32, 32)), (2, new ImageSize(32, 32))], mean.Runs);    // 21 × 18, padded to multiples of 16
    }

    [Fact]
    public void Padding_puts_the_smaller_half_before_and_repeats_the_edge()
    {
        PlanarImage padded = PlanarFrames.Padded(new PlanarImage(new(3, 1), new float[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }), 2);

        Assert.Equal(new ImageSize(4, 2), padded.Size);
        Assert.Equal([1, 2, 3, 3, 1, 2, 3, 3, 4, 5, 6, 6, 4, 5, 6, 6, 7, 8, 9, 9, 7, 8, 9, 9], padded.Values.ToArray());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 1)]
    public void Large_flow_makes_a_video_dynamic(float pixels, double score)
    {
        FakeNetwork flow = new(pair => new NetworkTensor([.. Enumerable.Repeat(pixels, 2 * 24 * 24)], [1, 2, 24, 24]));

        Assert.Equal(score, VBenchFigures.Dynamic(flow, Ramp(17), CancellationToken.None));

        Assert.All(flow.Runs, run => Assert.Equal((2, new ImageSize(24, 24)), run));
    }

    [Fact]
    public void An_answer_of_another_shape_is_refused()
    {
        FakeNetwork wrong = FakeNetwork.Constant(1);

        Assert.Throws<InvalidOperationException>(() => VBenchFigures.Smoothness(wrong, Ramp(5), CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => VBenchFigures.Dynamic(wrong, Ramp(5), CancellationToken.None));
    }

    // 21 × 18 pixels, a gradient that brightens by 2 levels a frame.
    internal static VideoFrames Ramp(int frames)
    {
        byte[] pixels = new byte[3 * 21 * 18 * frames];
        for (int i = 0; i < pixels.Length; i++)
        {
            int pixel = i / 3, x = pixel % 21, y = pixel / 21 % 18, t = pixel / (21 * 18);
            pixels[i] = (byte)(2 * t + 5 * x + 3 * y + 20 * (i % 3));
        }

        return new VideoFrames(pixels, 21, 18, frames, 16);
    }
}
