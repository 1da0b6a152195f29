namespace GeoAlign.Grpo;

/// <summary>Turns rewards into advantages: centred per group, scaled, weighted, clipped (Geo-Align eq. 5; see <see cref="AdvantageOptions"/> for the variants).</summary>
public static class AdvantageEstimator
{
    /// <summary>Advantages of a table of rewards.</summary>
    /// <param name="rewards">Rewards of this rank's groups.</param>
    /// <param name="options">The variant.</param>
    /// <param name="ranks">Other processes of the run; null for one process.</param>
    /// <exception cref="ArgumentException">Bad options, or weights for rewards that do not exist.</exception>
    public static Advantages Compute(RewardTable rewards, AdvantageOptions options, IRankReduction? ranks = null)
    {
        string problems = string.Join("; ", options.Problems().Concat(options.Weights.Keys.Except(rewards.Dimensions).Select(
            name => $"Advantage.Weights names '{name}', the rewards are {string.Join(", ", rewards.Dimensions)}")));
        if (problems.Length > 0) throw new ArgumentException(problems + ".", nameof(options));
        ranks ??= SingleRank.Instance;

        double[] weights = Weights(rewards.Dimensions, options);
        if (weights.All(w => w == 0)) throw new ArgumentException($"Advantage.Weights are 0 for all rewards: {string.Join(", ", rewards.Dimensions)}.", nameof(options));
        bool[][] counted = Counted(rewards, weights, options);
        double?[][][] columns = options.Space == AdvantageSpace.Advantage
            ? [.. Enumerable.Range(0, weights.Length).Select(k => Column(rewards, counted, (g, i) => rewards[k, g, i].IsPresent ? rewards[k, g, i].Value : null))]
            : [Column(rewards, counted, (g, i) => WeightedReward(rewards, weights, g, i))];

        GroupStatistics[][] statistics = [.. columns.Select(c => Array.ConvertAll(c, members => Statistics(members, options)))];
        double[] largest = ranks.Max([.. statistics.Select(s => s.Select(g => g.Std).DefaultIfEmpty(0).Max())]);
        double[][][] perDimension = Array.ConvertAll(counted, g => Array.ConvertAll(g, _ => new double[columns.Length]));
        for (int k = 0; k < columns.Length; k++)
        {
            GroupStatistics global = options.Scale == AdvantageScale.GlobalStd || options.GlobalMean ? Global(columns[k], options, ranks) : default;
            for (int g = 0; g < counted.Length; g++)
            {
                for (int i = 0; i < counted[g].Length; i++)
                {
                    if (columns[k][g][i] is double reward) perDimension[g][i][k] = Scaled(reward, statistics[k][g], global, largest[k], options);
                }
            }
        }

        double[] termWeights = options.Space == AdvantageSpace.Advantage ? weights : [1];
        double[][][] terms = Array.ConvertAll(perDimension, g => Array.ConvertAll(g, a => Terms(a, termWeights, options)));
        GroupStatistics[][] telling = [.. statistics.Where((_, k) => termWeights[k] > 0)];
        int tied = Enumerable.Range(0, counted.Length).Count(g => telling.All(s => s[g].IsTied));
        return new Advantages(terms, perDimension, termWeights, counted, counted.Length == 0 ? 0 : tied / (double)counted.Length, Summaries(rewards));
    }

    private static double Scaled(double reward, GroupStatistics group, GroupStatistics global, double largestStd, AdvantageOptions options)
    {
        if (options.GlobalMean ? global.IsTied : group.IsTied) return 0;          // also a group of one
        double std = options.Scale switch
        {
            AdvantageScale.MaxGroupStd => largestStd,
            AdvantageScale.GroupStd => group.Std,
            AdvantageScale.GlobalStd => global.Std,
            _ => 1,
        };
        double divisor = options.Scale == AdvantageScale.None ? 1 : options.FloorByEpsilon ? Math.Max(std, options.Epsilon) : std + options.Epsilon;
        return divisor == 0 ? 0 : (reward - (options.GlobalMean ? global.Mean : group.Mean)) / divisor;
    }

    private static double[] Terms(double[] perDimension, double[] weights, AdvantageOptions options)
    {
        double[] weighted = new double[weights.Length];
        for (int k = 0; k < weighted.Length; k++) weighted[k] = weights[k] * Clamp(perDimension[k], options.ClipPerDimension);
        return options.SeparateLosses ? Array.ConvertAll(weighted, a => Clamp(a, options.Clip)) : [Clamp(weighted.Sum(), options.Clip)];
    }

    private static double Clamp(double value, double? bound) => bound is double b ? Math.Clamp(value, -b, b) : value;

    private static double[] Weights(IReadOnlyList<string> dimensions, AdvantageOptions options)
    {
        double[] weights = [.. dimensions.Select(d => options.Weights.GetValueOrDefault(d, 1))];
        double sum = weights.Sum();
        return options.NormalizeWeights && sum > 0 ? Array.ConvertAll(weights, w => w / sum) : weights;
    }

    // A reward of weight 0 is measured and reported; whether it is there decides nothing.
    private static bool[][] Counted(RewardTable rewards, double[] weights, AdvantageOptions options)
    {
        int[] weighted = [.. Enumerable.Range(0, weights.Length).Where(k => weights[k] > 0)];
        bool needsAll = options.Missing == MissingRewards.ExcludeMember || options.Space == AdvantageSpace.Reward;      // a sum with a hole is no sum
        bool[][] counted = new bool[rewards.GroupCount][];
        for (int g = 0; g < counted.Length; g++)
        {
            counted[g] = new bool[rewards.MemberCount(g)];
            for (int i = 0; i < counted[g].Length; i++)
            {
                int present = weighted.Count(k => rewards[k, g, i].IsPresent);
                counted[g][i] = needsAll ? present == weighted.Length : present > 0;
            }
        }

        return counted;
    }

    private static double?[][] Column(RewardTable rewards, bool[][] counted, Func<int, int, double?> value) =>
        [.. Enumerable.Range(0, rewards.GroupCount).Select(g => Enumerable.Range(0, counted[g].Length).Select(i => counted[g][i] ? value(g, i) : null).ToArray())];

    private static double WeightedReward(RewardTable rewards, double[] weights, int group, int member)
    {
        double sum = 0;
        for (int k = 0; k < weights.Length; k++) sum += weights[k] > 0 ? weights[k] * rewards[k, group, member].Value : 0;
        return sum;
    }

    private static GroupStatistics Statistics(double?[] members, AdvantageOptions options)
    {
        double[] values = [.. members.OfType<double>()];
        int trimmed = (int)(values.Length * options.TrimLowest);
        if (trimmed > 0) values = [.. values.Order().Skip(trimmed)];
        return GroupStatistics.Of(values, options.PopulationStd);
    }

    private static GroupStatistics Global(double?[][] column, AdvantageOptions options, IRankReduction ranks)
    {
        double[] own = [.. column.SelectMany(g => g.OfType<double>())];
        return GroupStatistics.Of([.. ranks.Gather(own).SelectMany(v => v)], options.PopulationStd);
    }

    private static List<RewardSummary> Summaries(RewardTable rewards)
    {
        List<RewardSummary> summaries = [];
        for (int k = 0; k < rewards.Dimensions.Count; k++)
        {
            double[][] present = [.. Enumerable.Range(0, rewards.GroupCount).Select(g => Enumerable.Range(0, rewards.MemberCount(g))
                .Where(i => rewards[k, g, i].IsPresent).Select(i => rewards[k, g, i].Value).ToArray())];
            GroupStatistics all = GroupStatistics.Of([.. present.SelectMany(v => v)], population: true);
            int missing = Enumerable.Range(0, rewards.GroupCount).Sum(rewards.MemberCount) - all.Count;
            double tied = present.Length == 0 ? 0 : present.Count(v => GroupStatistics.Of(v).IsTied) / (double)present.Length;
            summaries.Add(new RewardSummary(rewards.Dimensions[k], all.Count > 0 ? all.Mean : null, all.Count > 0 ? all.Std : null, missing, tied));
        }

        return summaries;
    }
}
