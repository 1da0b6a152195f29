using System.Collections.Immutable;
using System.Text.Json;

namespace GeoAlign.Rewards.Tests.Panel;

public class PanelScoresTests
{
    [Fact]
    public async Task Scores_do_not_depend_on_who_ends_first()
    {
        VideoRollout[] group = [.. Enumerable.Range(0, 4).Select(i => new VideoRollout { Frames = Videos.Counting(1, 1, 1), Prompt = $"{i}" })];
        string reference = "";
        foreach (int[] delays in new[] { new[] { 0, 20, 40 }, new[] { 40, 20, 0 }, new[] { 20, 40, 0 } })
        {
            RewardPanel panel = new(
                [.. delays.Select((milliseconds, k) => new PanelEntry(new FakeReward([$"r{k}"], async (g, stop) =>
                {
                    await Task.Delay(milliseconds, stop);
                    return [.. g.Select(r => ImmutableArray.Create(r.Prompt == "2" && k == 1 ? RewardScore.Missing("none") : RewardScore.Of(k + 10 * int.Parse(r.Prompt!, System.Globalization.CultureInfo.InvariantCulture))))];
                })))],
                new PanelOptions { MaxConcurrency = 3 });

            PanelScores scores = await panel.ScoreAsync([group, [group[3]]]);

            string all = string.Join(" ", Enumerable.Range(0, 3).SelectMany(d => scores.Group(d, 0).Concat(scores.Group(d, 1)))) + string.Join(" ", scores.Incidents);
            reference = reference.Length == 0 ? all : reference;
            Assert.Equal(reference, all);
        }
    }

    [Fact]
    public async Task Shuffling_the_videos_of_a_group_never_mixes_their_scores()
    {
        VideoRollout[] group = [.. Enumerable.Range(0, 8).Select(i => new VideoRollout { Frames = Videos.Noise(new Random(i), 5, 5, 2) })];
        RewardPanel panel = new([new PanelEntry(new PerceptualReward(new() { Measures = [PerceptualMeasure.Flicker, PerceptualMeasure.Sharpness] })), new PanelEntry(new FakeReward("first", r => r.Frames.Frame(0)[0]))],
            new PanelOptions { MaxConcurrency = 2 });
        int[] order = [5, 2, 7, 0, 1, 6, 4, 3];

        PanelScores straight = await panel.ScoreAsync([group]), shuffled = await panel.ScoreAsync([[.. order.Select(i => group[i])]]);

        for (int d = 0; d < 3; d++)
            for (int k = 0; k < order.Length; k++) Assert.Equal(straight[d, 0, order[k]], shuffled[d, 0, k]);
    }

    [Fact]
    public async Task Weights_are_carried_and_change_no_score()
    {
        FakeReward pair = new(["a", "b"], (g, _) => Task.FromResult<IReadOnlyList<ImmutableArray<RewardScore>>>([.. g.Select(_ => ImmutableArray.Create(RewardScore.Of(1), RewardScore.Of(2)))]));
        RewardPanel panel = new([new PanelEntry(pair) { Weights = [0.5, 3] }, new PanelEntry(new FakeReward("c", _ => 4))], new PanelOptions());

        PanelScores scores = await panel.ScoreAsync([[new VideoRollout { Frames = Videos.Counting(1, 1, 1) }]]);

        Assert.Equal<double>([0.5, 3, 1], panel.Weights);
        Assert.Equal<double>([0.5, 3, 1], scores.Weights);
        Assert.Equal([1, 2, 4], Enumerable.Range(0, 3).Select(d => scores[d, 0, 0].Value));
    }

    [Fact]
    public void Statistics_count_and_measure_what_is_there()
    {
        DimensionStatistics s = DimensionStatistics.Of([[Of(1), Of(3), RewardScore.Missing("x")], [Of(10), Of(10)], [Of(-4)], [RewardScore.Missing("y")]]);

        Assert.Equal((5, 2, 1), (s.Count, s.Missing, s.TiedGroups));
        Assert.Equal(4, s.Mean);
        Assert.Equal(-4, s.Minimum);
        Assert.Equal(10, s.Maximum);
        Assert.Equal(Math.Sqrt((9 + 1 + 36 + 36 + 64) / 4.0), s.StandardDeviation!.Value, 1e-14);
        Assert.Equal(Math.Sqrt(2), s.MaximumGroupStandardDeviation!.Value, 1e-14);
        Assert.Equal(Math.Sqrt(2) / 2, s.MeanGroupStandardDeviation!.Value, 1e-14);

        static RewardScore Of(double value) => RewardScore.Of(value);
    }

    [Fact]
    public void Statistics_of_nothing_are_null_and_not_zero()
    {
        DimensionStatistics s = DimensionStatistics.Of([[RewardScore.Missing("x")]]);

        Assert.Equal((0, 1), (s.Count, s.Missing));
        Assert.Null(s.Mean);
        Assert.Null(s.StandardDeviation);
        Assert.Null(s.MaximumGroupStandardDeviation);
    }

    [Fact]
    public async Task Table_shows_numbers_and_reasons()
    {
        string text = PanelReport.Text(await Example());

        string[] lines = text.Split('\n');
        Assert.Equal("dimension  unit  λ  scored  missing  mean      std  min  max  group std  its max  tied", lines[0]);
        Assert.Equal("rot        1     1       2        1     1  0.70711  0.5  1.5          –        –     0", lines[1]);
        Assert.Contains("    0       0  1.5", lines);
        Assert.Contains("    1       0    –", lines);
        Assert.Contains("missing: rot, group 1, member 0: no pose", lines);
    }

    [Fact]
    public async Task Json_has_null_for_missing_and_its_reason()
    {
        using JsonDocument json = JsonDocument.Parse(PanelReport.Json(await Example()));

        JsonElement root = json.RootElement;
        Assert.Equal("rot", root.GetProperty("dimensions")[0].GetProperty("name").GetString());
        Assert.Equal(1, root.GetProperty("dimensions")[0].GetProperty("mean").GetDouble());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("dimensions")[0].GetProperty("mean_group_standard_deviation").ValueKind);
        Assert.Equal(1.5, root.GetProperty("groups")[0][0].GetProperty("rot").GetDouble());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("groups")[1][0].GetProperty("rot").ValueKind);
        Assert.Equal("no pose", root.GetProperty("incidents")[0].GetProperty("message").GetString());
        Assert.Equal(3, root.GetProperty("calls").GetArrayLength());
    }

    private static async Task<PanelScores> Example()
    {
        FakeReward reward = new(["rot"], (g, _) => Task.FromResult<IReadOnlyList<ImmutableArray<RewardScore>>>(
            [[g[0].Prompt is { } p ? RewardScore.Of(double.Parse(p, System.Globalization.CultureInfo.InvariantCulture)) : RewardScore.Missing("no pose")]]));
        VideoFrames frames = Videos.Counting(1, 1, 1);
        return await new RewardPanel(reward).ScoreAsync([[new VideoRollout { Frames = frames, Prompt = "1.5" }], [new VideoRollout { Frames = frames }], [new VideoRollout { Frames = frames, Prompt = "0.5" }]]);
    }
}
