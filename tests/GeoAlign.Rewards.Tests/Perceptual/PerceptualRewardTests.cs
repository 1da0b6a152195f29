using System.Collections.Immutable;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards.Tests.Perceptual;

public class PerceptualRewardTests
{
    [Fact]
    public async Task Every_measure_is_a_dimension_of_its_own()
    {
        VideoFrames video = Videos.Noise(new Random(1), 8, 6, 3);
        ColourStatistics source = ColourStatistics.Of(Videos.Noise(new Random(2), 4, 4, 1));
        PerceptualReward reward = new();

        ImmutableArray<RewardScore> scores = (await reward.ScoreAsync([new VideoRollout { Frames = video, SourceColours = source }]))[0];

        Assert.Equal(["flicker", "sharpness", "exposure", "colour"], reward.Dimensions.Select(d => d.Name));
        Assert.Equal(TemporalFlicker.Score(video), scores[0].Value);
        Assert.Equal(Enumerable.Range(0, 3).Average(i => LumaStatistics.Of(video.Frame(i), 8, 6).LaplacianVariance), scores[1].Value, 1e-9);
        Assert.Equal(-ExposureStatistics.Of(video).ClippedShare, scores[2].Value);
        Assert.Equal(-ColourStatistics.Distance(ColourStatistics.Of(video), source), scores[3].Value);
    }

    [Fact]
    public async Task What_cannot_be_measured_is_missing_with_a_reason()
    {
        VideoRollout pixel = new() { Frames = Videos.Counting(1, 1, 1) };
        PerceptualReward again = new(new() { Measures = [PerceptualMeasure.Colour], ColourReference = ColourReference.FirstFrame });

        ImmutableArray<RewardScore> scores = (await new PerceptualReward().ScoreAsync([pixel]))[0];

        Assert.Equal([true, true, false, true], scores.Select(s => s.IsMissing));
        Assert.Contains("condition clip", scores[3].Reason, StringComparison.Ordinal);
        Assert.True((await again.ScoreAsync([pixel]))[0][0].IsMissing);
    }

    [Fact]
    public async Task Colours_are_compared_with_the_first_frame_on_request()
    {
        byte[] pixels = new byte[3 * 12];
        pixels.AsSpan(12, 12).Fill(10);
        pixels.AsSpan(24, 12).Fill(30);
        PerceptualReward reward = new(new() { Measures = [PerceptualMeasure.Colour], ColourReference = ColourReference.FirstFrame });

        RewardScore score = (await reward.ScoreAsync([new VideoRollout { Frames = new VideoFrames(pixels, 2, 2, 3, 16) }]))[0][0];

        Assert.Equal(-20, score.Value, 1e-9);               // grey: only Y differs, by 10 and by 30
    }

    [Fact]
    public void Clipped_pixels_are_counted_at_both_ends()
    {
        byte[] pixels = [0, 0, 0, 2, 2, 2, 3, 3, 3, 252, 252, 252, 253, 253, 253, 255, 255, 255, 100, 100, 100, 100, 100, 100];

        ExposureStatistics exposure = ExposureStatistics.Of(new VideoFrames(pixels, 4, 2, 1, 16));

        Assert.Equal(new ExposureStatistics((0 + 2 + 3 + 252 + 253 + 255 + 200) / 8.0, 0.25, 0.25), exposure);
    }

    [Fact]
    public void Colour_statistics_are_the_moments_of_the_converted_pixels() => ForAll.Seeds(20, rng =>
    {
        byte[] rgb = new byte[3 * 40];
        rng.NextBytes(rgb);
        double[][] converted =
        [
            [.. Enumerable.Range(0, 40).Select(i => 0.299 * rgb[3 * i] + 0.587 * rgb[3 * i + 1] + 0.114 * rgb[3 * i + 2])],
            [.. Enumerable.Range(0, 40).Select(i => 128 - 0.168736 * rgb[3 * i] - 0.331264 * rgb[3 * i + 1] + 0.5 * rgb[3 * i + 2])],
            [.. Enumerable.Range(0, 40).Select(i => 128 + 0.5 * rgb[3 * i] - 0.418688 * rgb[3 * i + 1] - 0.081312 * rgb[3 * i + 2])],
        ];

        ColourStatistics s = ColourStatistics.Of(rgb);

        Near.Equal([.. converted.Select(c => c.Average())], [s.Mean.X, s.Mean.Y, s.Mean.Z], 1e-10);
        Near.Equal([.. converted.Select(Deviation)], [s.StandardDeviation.X, s.StandardDeviation.Y, s.StandardDeviation.Z], 1e-10);
    });

    [Fact]
    public void Equal_grey_pixels_do_not_vary()
    {
        ColourStatistics grey = ColourStatistics.Of([.. Enumerable.Repeat((byte)77, 30)]);

        Assert.Equal(new Vector3d(77, 128, 128).X, grey.Mean.X, 1e-12);
        Assert.Equal(0, grey.StandardDeviation.Length, 1e-6);
        Assert.Equal(0, ColourStatistics.Distance(grey, grey));
    }

    [Fact]
    public void Bad_settings_are_listed_together()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new PerceptualReward(new() { Measures = [PerceptualMeasure.Flicker, PerceptualMeasure.Flicker], BrightLuma = 1 }));

        Assert.Contains("Measures", error.Message, StringComparison.Ordinal);
        Assert.Contains("BrightLuma", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_scoring_stops()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new PerceptualReward().ScoreAsync([new VideoRollout { Frames = Videos.Counting(1, 1, 1) }], stop.Token));
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }
}
