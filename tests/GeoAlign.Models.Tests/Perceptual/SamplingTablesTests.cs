using System.Text.Json;
using GeoAlign.Rewards;

namespace GeoAlign.Models.Tests;

public class SamplingTablesTests
{
    private static readonly JsonElement Tables = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("rewards", "sampling_tables.json"))).RootElement;

    [Fact]
    public void Every_recorded_size_is_met_or_refused()
    {
        long[][] rows = Rows(Tables.GetProperty("smart_resize"));

        Assert.Equal(192, rows.Length);
        foreach (long[] row in rows)
        {
            ImageSize size = new((int)row[1], (int)row[0]);
            if (row[4] < 0) Assert.Throws<ArgumentException>(() => SmartResize.Of(size, row[2], row[3]));
            else Assert.Equal(new ImageSize((int)row[5], (int)row[4]), SmartResize.Of(size, row[2], row[3]));
        }
    }

    [Fact]
    public void A_size_that_was_given_is_kept_within_wider_bounds() => ForAll.Seeds(200, rng =>
    {
        ImageSize once = SmartResize.Of(new(rng.Next(40, 3000), rng.Next(40, 3000)), 100_352, 200_704);

        Assert.Equal(once, SmartResize.Of(once, 3136, 12_845_056));
    });

    [Theory]
    [InlineData(0, 5, 100, 200)]
    [InlineData(5, 5, 0, 200)]
    [InlineData(5, 5, 300, 200)]
    public void A_size_or_bounds_that_make_no_sense_are_refused(int width, int height, long min, long max) =>
        Assert.Throws<ArgumentException>(() => SmartResize.Of(new(width, height), min, max));

    [Fact]
    public void Every_recorded_number_of_frames_is_met_or_refused()
    {
        long[][] rows = Rows(Tables.GetProperty("smart_nframes"));
        double target = Tables.GetProperty("smart_nframes").GetProperty("target_fps").GetDouble();

        Assert.Equal(154, rows.Length);
        foreach (long[] row in rows)
        {
            if (row[2] < 0) Assert.Throws<ArgumentException>(() => UniformFrames.Of((int)row[0], row[1] / 1000.0, target));
            else Assert.Equal(row[2], UniformFrames.Of((int)row[0], row[1] / 1000.0, target).Length);
        }
    }

    [Fact]
    public void Every_recorded_choice_of_frames_is_met()
    {
        foreach (JsonElement row in Tables.GetProperty("frame_index").EnumerateArray())
        {
            (int total, int count) = (row.GetProperty("total").GetInt32(), row.GetProperty("n").GetInt32());

            // At this rate the rule asks for exactly these frames, where it allows them at all.
            int[] frames = UniformFrames.Of(total, 1, (double)count / total);

            if (count >= 4 || total < 4) Assert.Equal(row.GetProperty("index").EnumerateArray().Select(i => i.GetInt32()), frames);
        }
    }

    [Fact]
    public void Frames_go_from_the_first_to_the_last_and_are_even_in_number() => ForAll.Seeds(300, rng =>
    {
        int total = rng.Next(2, 3000);
        int[] frames = UniformFrames.Of(total, 1 + 60 * rng.NextDouble(), 0.5 + 4 * rng.NextDouble());

        Assert.Equal((0, total - 1, 0), (frames[0], frames[^1], frames.Length % 2));
        Assert.InRange(frames.Length, 2, 768);
        Assert.All(frames.Zip(frames.Skip(1)), pair => Assert.True(pair.First < pair.Second));
    });

    [Theory]
    [InlineData(16, 10)]
    [InlineData(30, 6)]
    public void The_frame_rate_decides_how_many_of_81_frames_are_seen(double rate, int count) => Assert.Equal(count, UniformFrames.Of(81, rate).Length);

    [Theory]
    [InlineData(0, 2)]
    [InlineData(double.NaN, 2)]
    [InlineData(16, -1)]
    [InlineData(16, double.PositiveInfinity)]
    public void A_rate_that_is_no_positive_number_is_refused(double rate, double target) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => UniformFrames.Of(81, rate, target));

    private static long[][] Rows(JsonElement table) =>
        [.. table.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetInt64()).ToArray())];
}
