namespace GeoAlign.Grpo.Tests;

public class TensorBoardLogTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, 250, TimeSpan.Zero);

    [Fact]
    public async Task A_run_leaves_its_numbers_under_their_tags()
    {
        using TemporaryFolder folder = new();
        ToyTask task = new() { Failure = (iteration, member) => iteration == 1 && member == 2 ? RewardEntry.Missing("no pose") : null };

        await new GrpoTrainer<int>(ToyTask.Options with { Iterations = 3 }, task.With(new ShiftPolicy(6)) with { Log = new TensorBoardLog(folder.Path) }).RunAsync();

        List<EventFile.Event> events = EventFile.Read(Assert.Single(Directory.GetFiles(folder.Path)));
        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.Equal((true, 0), (events[1].Starts, events[1].Step));
        Assert.Equal([0, 1, 2], events[2..].Select(e => e.Step));
        foreach ((EventFile.Event shown, IterationReport report) in events[2..].Zip(task.Reports))
        {
            Dictionary<string, float> scalars = shown.Scalars.ToDictionary(s => s.Tag, s => s.Value);
            Dictionary<string, double?> expected = new()
            {
                ["rewards/near/mean"] = report.Rewards[0].Mean, ["rewards/near/std"] = report.Rewards[0].Std, ["rewards/small/mean"] = report.Rewards[1].Mean,
                ["rewards/small/missing_share"] = report.Iteration == 1 ? 0.125 : 0, ["rewards/near/zero_std_share"] = 0,
                ["groups/zero_std_share"] = report.TiedGroupShare, ["groups/left_out_share"] = report.Iteration == 1 ? 0.125 : 0,
                ["update_1/ratio/mean"] = 1, ["update_2/ratio/mean"] = report.Updates[1].RatioMean, ["update_2/ratio/std"] = report.Updates[1].RatioStd,
                ["update_2/ratio/min"] = report.Updates[1].RatioMin, ["update_2/ratio/max"] = report.Updates[1].RatioMax,
                ["update_2/ratio/max_deviation"] = report.Updates[1].MaxRatioDeviation, ["update_1/loss"] = report.Updates[0].Loss,
                ["update_2/clipped_high"] = report.Updates[1].ClippedHigh, ["update_2/clipped_low"] = report.Updates[1].ClippedLow,
                ["update_2/abs_log_prob_change"] = report.Updates[1].MeanLogProbChange, ["update_1/gradient_norm"] = report.Updates[0].GradientNorm,
                ["update_1/learning_rate"] = 0.05, ["seconds/draw"] = report.Seconds.Draw, ["seconds/rollout"] = report.Seconds.Rollout,
                ["seconds/score"] = report.Seconds.Score, ["seconds/update"] = report.Seconds.Update, ["seconds/total"] = report.Seconds.Total,
                ["network/rollout"] = report.Network.Rollout, ["network/trained"] = report.Network.Trained, ["network/reference"] = 0,
                ["network/forward_passes"] = report.Network.InForwardPasses,
            };
            Assert.All(expected, e => Assert.Equal((float)e.Value!.Value, scalars[e.Key]));
            Assert.DoesNotContain("update_1/kl", scalars);                             // no penalty, no curve
        }
    }

    [Fact]
    public void A_reward_that_nobody_has_leaves_a_gap()
    {
        using TemporaryFolder folder = new();

        new TensorBoardLog(folder.Path).Write(Report(0) with { Rewards = [new RewardSummary("pose", null, null, 4, 1)] });

        Dictionary<string, float> scalars = Assert.Single(EventFile.Shown(folder.Path)).Scalars.ToDictionary(s => s.Tag, s => s.Value);
        Assert.DoesNotContain("rewards/pose/mean", scalars);
        Assert.DoesNotContain("rewards/pose/std", scalars);
        Assert.Equal(1, scalars["rewards/pose/missing_share"]);
    }

    [Fact]
    public void Names_and_events_carry_the_time_of_the_clock()
    {
        using TemporaryFolder folder = new();
        TensorBoardLog log = new(folder.Path, new StoppedClock(Start));

        log.ResumeAt(0);
        log.Write(Report(0));

        string path = Assert.Single(Directory.GetFiles(folder.Path));
        Assert.Equal($"events.out.tfevents.1767323045.{Environment.MachineName}", Path.GetFileName(path));
        Assert.All(EventFile.Read(path), e => Assert.Equal(1767323045.25, e.WallSeconds));
    }

    [Fact]
    public void Resuming_takes_back_what_comes_again()
    {
        using TemporaryFolder folder = new();
        TensorBoardLog first = new(folder.Path, new StoppedClock(Start));
        first.ResumeAt(0);
        for (int i = 0; i < 5; i++) first.Write(Report(i, mean: i));

        TensorBoardLog second = new(folder.Path, new StoppedClock(Start));            // in the same second
        second.ResumeAt(3);
        Assert.Equal([0, 1, 2], EventFile.Shown(folder.Path).Select(e => e.Step));
        for (int i = 3; i < 7; i++) second.Write(Report(i, mean: 10 + i));

        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
        Assert.Equal([0f, 1, 2, 13, 14, 15, 16], EventFile.Shown(folder.Path).Select(e => e.Scalars.Single(s => s.Tag == "rewards/near/mean").Value));
    }

    [Fact]
    public void A_clock_that_was_set_back_does_not_put_new_files_before_old_ones()
    {
        using TemporaryFolder folder = new();
        for (int start = 0; start < 3; start++)
        {
            TensorBoardLog log = new(folder.Path, new StoppedClock(Start.AddHours(-start)));
            log.ResumeAt(start);
            log.Write(Report(start, mean: start));
        }

        Assert.Equal([0, 1, 2], EventFile.Shown(folder.Path).Select(e => e.Step));
    }

    [Fact]
    public void Half_a_record_at_the_end_of_an_older_file_harms_nothing()
    {
        using TemporaryFolder folder = new();
        TensorBoardLog first = new(folder.Path);
        first.ResumeAt(0);
        for (int i = 0; i < 3; i++) first.Write(Report(i));
        string older = Assert.Single(Directory.GetFiles(folder.Path));
        File.WriteAllBytes(older, File.ReadAllBytes(older)[..^20]);

        TensorBoardLog second = new(folder.Path);
        second.ResumeAt(2);
        second.Write(Report(2));

        Assert.Equal([0, 1, 2], EventFile.Shown(folder.Path).Select(e => e.Step));
    }

    [Fact]
    public void A_combined_log_tells_all_its_logs()
    {
        using TemporaryFolder folder = new();
        CombinedLog log = new(new JsonlLog(folder.File("log.jsonl")), new TensorBoardLog(folder.Path));

        foreach (int i in new[] { 0, 1, 2 }) log.Write(Report(i));
        log.ResumeAt(1);
        log.Write(Report(1));

        Assert.Equal([0, 1], EventFile.Shown(folder.Path).Select(e => e.Step));
        Assert.Equal(2, File.ReadLines(folder.File("log.jsonl")).Count());
    }

    private static IterationReport Report(int iteration, double mean = 0.5) => new()
    {
        Iteration = iteration, Windows = [new SdeWindow(0, 1)], Rollouts = 4, LeftOut = 0, Rewards = [new RewardSummary("near", mean, 0.1, 0, 0)], TiedGroupShare = 0,
        Updates = [new UpdateReport { Loss = 0, Samples = 0 }], Network = new NetworkWork(1, 1, 0), Seconds = new StageSeconds(1, 2, 3, 4),
    };

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
