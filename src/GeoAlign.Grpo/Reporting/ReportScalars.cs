using System.Globalization;

namespace GeoAlign.Grpo;

/// <summary>The curves of a report. What has no value in an iteration has no point: missing is not zero.</summary>
internal static class ReportScalars
{
    /// <summary>Tags and values.</summary>
    public static IEnumerable<(string Tag, double Value)> Of(IterationReport report) =>
        All(report).Where(scalar => scalar.Value.HasValue).Select(scalar => (scalar.Tag, scalar.Value!.Value));

    private static IEnumerable<(string Tag, double? Value)> All(IterationReport report) =>
        [.. report.Rewards.SelectMany(reward => Reward(reward, report.Rollouts)), .. Groups(report), .. report.Updates.SelectMany(Update), .. Work(report)];

    private static IEnumerable<(string Tag, double? Value)> Reward(RewardSummary reward, int rollouts)
    {
        string name = "rewards/" + reward.Dimension;
        yield return ($"{name}/mean", reward.Mean);
        yield return ($"{name}/std", reward.Std);
        yield return ($"{name}/missing_share", rollouts > 0 ? reward.Missing / (double)rollouts : null);
        yield return ($"{name}/zero_std_share", reward.TiedGroups);
    }

    private static IEnumerable<(string Tag, double? Value)> Groups(IterationReport report)
    {
        yield return ("groups/zero_std_share", report.TiedGroupShare);
        yield return ("groups/left_out_share", report.Rollouts > 0 ? report.LeftOut / (double)report.Rollouts : null);
    }

    // Updates of an iteration have curves of their own: the ratio is 1 in the first and moves in the others.
    private static IEnumerable<(string Tag, double? Value)> Update(UpdateReport update, int index)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"update_{index + 1}");
        yield return ($"{name}/loss", update.Loss);
        yield return ($"{name}/ratio/mean", update.RatioMean);
        yield return ($"{name}/ratio/std", update.RatioStd);
        yield return ($"{name}/ratio/min", update.RatioMin);
        yield return ($"{name}/ratio/max", update.RatioMax);
        yield return ($"{name}/ratio/max_deviation", update.MaxRatioDeviation);
        foreach (StepRatio step in update.Steps)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{name}/step_{step.Step:D2}");
            yield return ($"{place}/ratio_mean", step.Mean);
            yield return ($"{place}/ratio_std", step.Std);
            yield return ($"{place}/ratio_min", step.Min);
            yield return ($"{place}/ratio_max", step.Max);
        }

        yield return ($"{name}/clipped_high", update.ClippedHigh);
        yield return ($"{name}/clipped_low", update.ClippedLow);
        yield return ($"{name}/abs_log_prob_change", update.MeanLogProbChange);
        yield return ($"{name}/kl", update.Kl);
        yield return ($"{name}/gradient_norm", update.GradientNorm);
        yield return ($"{name}/learning_rate", update.LearningRate);
    }

    private static IEnumerable<(string Tag, double? Value)> Work(IterationReport report)
    {
        yield return ("seconds/draw", report.Seconds.Draw);
        yield return ("seconds/rollout", report.Seconds.Rollout);
        yield return ("seconds/score", report.Seconds.Score);
        yield return ("seconds/update", report.Seconds.Update);
        yield return ("seconds/total", report.Seconds.Total);
        yield return ("network/rollout", report.Network.Rollout);
        yield return ("network/trained", report.Network.Trained);
        yield return ("network/reference", report.Network.Reference);
        yield return ("network/forward_passes", report.Network.InForwardPasses);
    }
}
