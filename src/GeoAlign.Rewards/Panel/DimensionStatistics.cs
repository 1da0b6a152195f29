using System.Collections.Immutable;

namespace GeoAlign.Rewards;

/// <summary>The scores of one dimension in numbers. What cannot be computed is null, never 0.</summary>
/// <remarks>Standard deviations are those of a sample (n − 1), as the advantages take them by default.</remarks>
public sealed record DimensionStatistics
{
    /// <summary>Scores there are.</summary>
    public required int Count { get; init; }

    /// <summary>Scores that are missing.</summary>
    public required int Missing { get; init; }

    /// <summary>Mean; null without a score.</summary>
    public required double? Mean { get; init; }

    /// <summary>Standard deviation over all scores; null with fewer than two.</summary>
    public required double? StandardDeviation { get; init; }

    /// <summary>Smallest score; null without one.</summary>
    public required double? Minimum { get; init; }

    /// <summary>Largest score; null without one.</summary>
    public required double? Maximum { get; init; }

    /// <summary>Mean over groups of the standard deviation inside the group; null when no group has two scores.</summary>
    public required double? MeanGroupStandardDeviation { get; init; }

    /// <summary>Largest standard deviation inside a group, the normaliser of Geo-Align; null when no group has two scores.</summary>
    public required double? MaximumGroupStandardDeviation { get; init; }

    /// <summary>Groups with two or more scores that are all equal: they teach nothing.</summary>
    public required int TiedGroups { get; init; }

    /// <summary>Measures the scores of all groups in one dimension.</summary>
    public static DimensionStatistics Of(ImmutableArray<ImmutableArray<RewardScore>> groups)
    {
        double[][] values = [.. groups.Select(g => g.Where(s => !s.IsMissing).Select(s => s.Value).ToArray())];
        double[] all = [.. values.SelectMany(v => v)];
        double[] inside = [.. values.Where(v => v.Length > 1).Select(v => Deviation(v)!.Value)];
        return new DimensionStatistics
        {
            Count = all.Length,
            Missing = groups.Sum(g => g.Length) - all.Length,
            Mean = all.Length > 0 ? all.Average() : null,
            StandardDeviation = Deviation(all),
            Minimum = all.Length > 0 ? all.Min() : null,
            Maximum = all.Length > 0 ? all.Max() : null,
            MeanGroupStandardDeviation = inside.Length > 0 ? inside.Average() : null,
            MaximumGroupStandardDeviation = inside.Length > 0 ? inside.Max() : null,
            TiedGroups = values.Count(v => v.Length > 1 && v.All(x => x == v[0])),
        };
    }

    private static double? Deviation(double[] values)
    {
        if (values.Length < 2) return null;
        if (Array.TrueForAll(values, v => v == values[0])) return 0;      // exactly, whatever the mean rounds to
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }
}
