namespace GeoAlign.Sampling.Tests.Video;

public class FrameTimesTests
{
    private static readonly FrameRate Milliseconds = new(1000);

    /// <summary>24000/1001 per second in whole milliseconds: 0, 42, 83, 125, …; one frame late by three of them is no rounding.</summary>
    [Fact]
    public void Times_rounded_to_ticks_are_still_even()
    {
        FrameRate film = new(24000, 1001);
        long[] ticks = [.. Enumerable.Range(0, 5000).Select(k => 700 + (long)Math.Round(k * 1001.0 / 24))];

        Assert.True(new FrameTimes(ticks, Milliseconds).AreEven(film));
        Assert.False(new FrameTimes(ticks, Milliseconds).AreEven(new FrameRate(24)));
        ticks[2500] += 3;
        Assert.False(new FrameTimes(ticks, Milliseconds).AreEven(film));
    }

    /// <summary>Shown at 0, 100, 200, 600, 1000 ms; four frames per second are wanted at 0, 250, 500, 750, 1000.</summary>
    [Theory]
    [InlineData(0, 0, 0), InlineData(0, 1, 2), InlineData(0, 2, 3), InlineData(0, 3, 3), InlineData(0, 4, 4), InlineData(0, 9, 4)]
    [InlineData(2, 1, 3), InlineData(2, 2, 3), InlineData(2, 3, 4), InlineData(1, 1, 2)]
    public void The_nearest_frame_is_taken_and_the_later_of_two(int start, int steps, int expected) =>
        Assert.Equal(expected, new FrameTimes([50, 150, 250, 650, 1050], Milliseconds).NearestFrame(start, steps, new FrameRate(4)));

    [Theory, InlineData(0, 4, true), InlineData(0, 5, false), InlineData(1, 4, true), InlineData(2, 4, false), InlineData(4, 0, true)]
    public void A_clip_fits_when_its_last_frame_is_less_than_half_a_step_beyond(int start, int steps, bool expected) =>
        Assert.Equal(expected, new FrameTimes([50, 150, 250, 650, 1050], Milliseconds).Reach(start, 4, steps, new FrameRate(4)));

    [Fact]
    public void Evenly_spaced_times_give_the_frames_of_the_exact_rule()
    {
        FrameTimes times = new(Enumerable.Range(0, 300).Select(k => 1001L * k - 77), new FrameRate(30000));
        foreach (string rate in new[] { "16", "24", "29.97", "10", "30000/1001" })
        {
            FrameRate wanted = FrameRate.Parse(rate);
            for (int k = 0; k < 120; k++) Assert.Equal(Math.Min(299, 7 + FrameTiming.NearestFrame(k, new FrameRate(30000, 1001), wanted)), times.NearestFrame(7, k, wanted));
        }
    }

    [Fact]
    public void The_mean_rate_counts_intervals()
    {
        Assert.Equal(new FrameRate(4), new FrameTimes([0, 100, 200, 600, 1000], Milliseconds).AverageRate);
        Assert.Equal(new FrameRate(29970, 1000), new FrameTimes(Enumerable.Range(0, 90).Select(k => 1001L * k), new FrameRate(30000)).AverageRate);
        Assert.Equal(new FrameRate(1), new FrameTimes([5], Milliseconds).AverageRate);
    }

    [Fact]
    public void Times_that_do_not_increase_are_refused()
    {
        Assert.Contains("Frame 2 is shown at 3, not after 3", Assert.Throws<ArgumentException>(() => new FrameTimes([1, 3, 3], Milliseconds)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new FrameTimes([], Milliseconds));
        Assert.Throws<ArgumentException>(() => new FrameTimes([1], default));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameTimes([1, 2], Milliseconds).NearestFrame(2, 0, new FrameRate(4)));
    }
}
