using System.Globalization;

namespace GeoAlign.Rewards;

/// <summary>Whether a GRPO run can work at all, from one batch of rollouts: do rewards order the members of a group as a judge does, and do the
/// members differ in what shall be learnt?</summary>
/// <remarks>
/// The bounds are ours, from few runs in small worlds: in a prototype of the miniature, pose rewards with a correlation of 0.3 to 0.45 taught
/// nothing and ones of 0.55 and more did; in the miniature itself (docs/miniature.md) 0.87 with a spread of the metric scale of 0.08 does.
/// </remarks>
public sealed record GroupDiagnosis
{
    /// <summary>Below this correlation a reward is noise inside groups.</summary>
    public const double NoiseBelow = 0.25;

    /// <summary>From this correlation on a reward is good.</summary>
    public const double GoodFrom = 0.5;

    /// <summary>Below this standard deviation of the metric scale there is nothing to choose from.</summary>
    public const double SmallestScaleSpread = 0.015;

    /// <summary>Agreement of each reward with the judge.</summary>
    public required IReadOnlyList<GroupCorrelation> Correlations { get; init; }

    /// <summary>Standard deviation of the metric scale inside groups, pooled; null where it is not known.</summary>
    public required double? ScaleSpread { get; init; }

    /// <summary>Mean metric scale; null where it is not known.</summary>
    public required double? MeanScale { get; init; }

    /// <summary>Groups looked at.</summary>
    public required int Groups { get; init; }

    /// <summary>Diagnoses a batch.</summary>
    /// <param name="groups">Rollouts of one condition each.</param>
    /// <exception cref="ArgumentException">No group has two rollouts.</exception>
    public static GroupDiagnosis Of(IReadOnlyList<IReadOnlyList<JudgedRollout>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (!groups.Any(g => g.Count > 1)) throw new ArgumentException("A diagnosis needs a group of at least two rollouts.", nameof(groups));
        string[] dimensions = [.. groups.SelectMany(g => g).SelectMany(r => r.Rewards.Keys).Distinct(StringComparer.Ordinal)];
        return new GroupDiagnosis
        {
            Groups = groups.Count,
            Correlations = [.. dimensions.Select(name => GroupCorrelation.Of(name, groups.Select(g => Pairs(g, name))))],
            ScaleSpread = PooledDeviation(groups),
            MeanScale = groups.SelectMany(g => g).Average(r => r.MetricScale),
        };
    }

    /// <summary>What it means, in plain words; one sentence per finding.</summary>
    public IReadOnlyList<string> Verdict()
    {
        List<string> lines = [];
        foreach (GroupCorrelation c in Correlations)
        {
            lines.Add(c.Value switch
            {
                null => $"{c.Dimension}: the judge does not judge it, or nothing differs.",
                < NoiseBelow => Text($"{c.Dimension}: correlation {c.Value:0.00} with the judge inside groups. The reward is noise there: a run would not learn it. Use a better estimator before spending time on training."),
                < GoodFrom => Text($"{c.Dimension}: correlation {c.Value:0.00} with the judge inside groups. Weak: learning will be slow; larger groups help."),
                _ => Text($"{c.Dimension}: correlation {c.Value:0.00} with the judge inside groups. Good."),
            });
        }

        lines.Add(ScaleSpread switch
        {
            null => "metric scale: not known; no path could be measured, or no target moves.",
            < SmallestScaleSpread => Text($"metric scale: {MeanScale:0.00} on average, spread {ScaleSpread:0.000} inside groups. Too little to choose from: raise the noise of the stochastic steps, or move the window to earlier steps."),
            _ => Text($"metric scale: {MeanScale:0.00} on average, spread {ScaleSpread:0.000} inside groups. Enough to choose from."),
        });
        return lines;

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }

    private static List<(double, double)> Pairs(IReadOnlyList<JudgedRollout> group, string dimension)
    {
        List<(double, double)> pairs = [];
        foreach (JudgedRollout rollout in group)
        {
            if (rollout.Rewards.TryGetValue(dimension, out double reward) && rollout.Judged.TryGetValue(dimension, out double judged)) pairs.Add((reward, judged));
        }

        return pairs;
    }

    // √(Σ_g Σ_i (s_gi − s̄_g)² / Σ_g (n_g − 1))
    private static double? PooledDeviation(IReadOnlyList<IReadOnlyList<JudgedRollout>> groups)
    {
        double squares = 0;
        int freedom = 0;
        foreach (IReadOnlyList<JudgedRollout> group in groups)
        {
            double[] scales = [.. group.Where(r => r.MetricScale is not null).Select(r => r.MetricScale!.Value)];
            if (scales.Length < 2) continue;
            double mean = scales.Average();
            squares += scales.Sum(s => (s - mean) * (s - mean));
            freedom += scales.Length - 1;
        }

        return freedom > 0 ? Math.Sqrt(squares / freedom) : null;
    }
}
