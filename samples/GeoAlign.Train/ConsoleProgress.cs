using System.Diagnostics;
using System.Globalization;
using System.Text;
using GeoAlign.Grpo;

namespace GeoAlign.Train;

/// <summary>One line per iteration, and a first line within an iteration so that nobody waits without a sign.</summary>
internal sealed class ConsoleProgress(TextWriter output, int iterations) : ITrainingObserver<TrainingCondition>
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _first;

    public void Started(TrainerState state)
    {
        _first = state.Iteration;
        if (state.Iteration > 0 && state.Iteration < iterations) output.WriteLine($"going on at iteration {state.Iteration + 1} of {iterations}");
        if (state.Iteration >= iterations) output.WriteLine($"all {iterations} iterations are done already");
    }

    public void Drawn(RolloutGroup<TrainingCondition, float> group, int done, int total)
    {
        if (group.Iteration == _first) output.WriteLine($"    group {done} of {total}: {group.Members.Count} rollouts of {group.Condition.Label}");
    }

    public void Scored(IReadOnlyList<RolloutGroup<TrainingCondition, float>> groups, RewardTable rewards, Advantages advantages)
    {
        for (int g = 0; g < rewards.GroupCount; g++)
        {
            for (int m = 0; m < rewards.MemberCount(g); m++)
            {
                string[] reasons = [.. Enumerable.Range(0, rewards.Dimensions.Count).Select(k => rewards[k, g, m].Reason).OfType<string>().Distinct()];
                if (reasons.Length > 0) output.WriteLine($"    no reward for group {g + 1}, rollout {m + 1}: {string.Join("; ", reasons)}");
            }
        }
    }

    public void Finished(IterationReport report)
    {
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"{report.Iteration + 1,4}/{iterations}  {string.Join(", ", report.Windows)}");
        foreach (RewardSummary reward in report.Rewards)
        {
            line.Append(CultureInfo.InvariantCulture, $"  {reward.Dimension} {(reward.Mean is { } mean ? $"{mean:+0.000;-0.000}±{reward.Std:0.000} {Unit(reward.Dimension)}" : "missing")}");
            if (reward.Missing > 0) line.Append(CultureInfo.InvariantCulture, $" ({reward.Missing} missing)");
        }

        if (report.Updates is [UpdateReport first, ..])
        {
            UpdateReport last = report.Updates[^1];
            line.Append(CultureInfo.InvariantCulture, $"  |ρ−1| {first.MaxRatioDeviation:0.0E+0}  grad {last.GradientNorm:0.00E+0}  clip {100 * (last.ClippedHigh + last.ClippedLow):0}%");
        }
        else
        {
            line.Append("  no update");
        }

        StageSeconds seconds = report.Seconds;
        line.Append(CultureInfo.InvariantCulture, $"  {seconds.Total:0.0} s (draw {seconds.Draw:0.0}, rollout {seconds.Rollout:0.0}, score {seconds.Score:0.0}, update {seconds.Update:0.0})");
        line.Append(CultureInfo.InvariantCulture, $"  left {Durations.Text(Left(report.Iteration))}");
        output.WriteLine(line.ToString());
    }

    private TimeSpan Left(int iteration) => _clock.Elapsed / (iteration + 1 - _first) * (iterations - iteration - 1);

    private static string Unit(string dimension) => dimension switch { "trans" => "m", "rot" => "rad", _ => "" };
}
