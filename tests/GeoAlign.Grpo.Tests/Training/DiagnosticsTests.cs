namespace GeoAlign.Grpo.Tests;

/// <summary>What docs/grpo.md says that a report shows when a setting is wrong.</summary>
public class DiagnosticsTests
{
    private static readonly GrpoOptions Settings = ToyTask.Options with { Iterations = 60 };

    [Fact]
    public async Task A_learning_rate_that_is_far_too_large_spreads_the_ratios_and_ends_worse()
    {
        List<IterationReport> good = await Run(Settings), bad = await Run(Settings with { LearningRate = 40 * Settings.LearningRate });

        Assert.True(RatioStd(bad) > 10 * RatioStd(good), $"Ratio spread {RatioStd(bad)} against {RatioStd(good)}.");
        Assert.True(bad[^10..].Average(r => r.Rewards[0].Mean) < good[^10..].Average(r => r.Rewards[0].Mean) - 0.1);
    }

    [Fact]
    public async Task A_learning_rate_that_is_far_too_small_shows_in_the_ratios_too()
    {
        List<IterationReport> good = await Run(Settings), slow = await Run(Settings with { LearningRate = Settings.LearningRate / 50 });

        Assert.True(RatioStd(slow) < RatioStd(good) / 10);
        Assert.True(slow[^10..].Average(r => r.Rewards[0].Mean) < good[^10..].Average(r => r.Rewards[0].Mean));
    }

    [Fact]
    public async Task A_clip_range_below_the_spread_of_the_ratios_throws_later_updates_away()
    {
        List<IterationReport> run = await Run(Settings with { Objective = Settings.Objective with { ClipLow = 1e-5, ClipHigh = 1e-5 } });

        Assert.True(run.Average(r => r.Updates[1].ClippedHigh + r.Updates[1].ClippedLow) > 0.9);
        Assert.All(run, r => Assert.Equal(0, r.Updates[0].ClippedHigh + r.Updates[0].ClippedLow));
    }

    [Fact]
    public async Task A_reward_that_does_not_tell_rollouts_apart_shows_as_tied_groups()
    {
        ToyTask task = new() { Failure = (_, _) => RewardEntry.Of(0.25) };

        await new GrpoTrainer<int>(Settings with { Iterations = 2 }, task.With(new ShiftPolicy(6))).RunAsync();

        Assert.All(task.Reports, r => Assert.Equal((1.0, 0, 0.0), (r.TiedGroupShare, r.Updates[0].Samples, r.Updates[0].GradientNorm)));
    }

    private static double RatioStd(List<IterationReport> run) => run.Average(r => r.Updates[1].RatioStd!.Value);

    private static async Task<List<IterationReport>> Run(GrpoOptions options)
    {
        ToyTask task = new();
        await new GrpoTrainer<int>(options, task.With(new ShiftPolicy(6))).RunAsync();
        return task.Reports;
    }
}
