using Xunit.Sdk;

namespace GeoAlign.Grpo.Tests;

public class AdvantageEstimatorTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("grpo", "advantages.safetensors");
    private static readonly string[] Names = ["a", "b", "c"];
    private static readonly Dictionary<string, double> GoldenWeights = Names.Zip(Golden["weights"].Values).ToDictionary(p => p.First, p => p.Second);

    [Fact]
    public void MixGrpo_in_advantage_space() => Matches(AdvantageOptions.MixGrpo, "mixgrpo.advantage_aggr", "mixgrpo.per_reward");

    [Fact]
    public void MixGrpo_in_reward_space() => Matches(AdvantageOptions.MixGrpoRewardSum, "mixgrpo.reward_aggr");

    [Fact]
    public void MixGrpo_without_groups() => Matches(AdvantageOptions.MixGrpoRewardSum with { GlobalMean = true, Scale = AdvantageScale.GlobalStd }, "mixgrpo.nogroup");

    [Fact]
    public void MixGrpo_trimmed() => Matches(AdvantageOptions.MixGrpo with { TrimLowest = 0.25, Clip = null }, null, "mixgrpo.trimmed25");

    [Fact]
    public void DanceGrpo() => Matches(AdvantageOptions.DanceGrpo, "dance.total_score", "dance.per_reward");

    [Fact]
    public void FlowGrpo_per_prompt() => Matches(AdvantageOptions.FlowGrpo, "flow.per_prompt");

    [Fact]
    public void FlowGrpo_with_global_deviation() => Matches(AdvantageOptions.FlowGrpoGlobalStd, "flow.global_std");

    [Fact]
    public void GenRl() => Matches(AdvantageOptions.GenRl, "genrl.total", "genrl.per_reward");

    [Fact]
    public void GeoAlign() => Matches(AdvantageOptions.GeoAlign, "geoalign.total", "geoalign.per_reward");

    [Fact]
    public void DrGrpo() => Matches(AdvantageOptions.DrGrpo with { Space = AdvantageSpace.Reward }, "drgrpo.total");

    [Fact]
    public void The_sum_is_clipped() => Matches(AdvantageOptions.MixGrpo with { Clip = 5 }, "clip5.mixgrpo");

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(0.9, null, false)]
    [InlineData(null, 0.6, false)]
    [InlineData(0.9, 0.6, false)]
    [InlineData(0.9, 0.6, true)]
    public void Bounds_hold_each_reward_before_weighting_and_then_the_sum(double? clip, double? each, bool separate)
    {
        // {0, 0, 3}: mean 1, unbiased deviation √3, so −1/√3, −1/√3, 2/√3 in both rewards, of which b has weight 2.
        RewardTable table = RewardTable.Create(["a", "b"], [3], (_, _, i) => RewardEntry.Of(i == 2 ? 3 : 0));
        Dictionary<string, double> weights = new() { ["b"] = 2 };

        Advantages advantages = AdvantageEstimator.Compute(table,
            AdvantageOptions.GeoAlign with { Weights = weights, Epsilon = 0, Clip = clip, ClipPerDimension = each, SeparateLosses = separate });

        double one = Math.Min(2 / Math.Sqrt(3), each ?? double.PositiveInfinity), bound = clip ?? double.PositiveInfinity;
        double[] expected = separate ? [Math.Min(one, bound), Math.Min(2 * one, bound)] : [Math.Min(3 * one, bound)];
        Near.Equal(expected, advantages.LossTerms(0, 2), 1e-14);
        Assert.Equal(2 / Math.Sqrt(3), advantages.InDimension(1, 0, 2), 1e-14);
    }

    [Fact]
    public void A_mean_of_the_whole_batch_needs_a_deviation_of_the_whole_batch() => Assert.Contains("GlobalMean",
        Assert.Throws<ArgumentException>(() => AdvantageEstimator.Compute(Table(), AdvantageOptions.MixGrpo with { GlobalMean = true })).Message, StringComparison.Ordinal);

    [Fact]
    public void Exactly_the_members_of_a_constant_group_have_no_advantage()
    {
        Advantages advantages = AdvantageEstimator.Compute(Table(), Weighted(AdvantageOptions.GeoAlign));

        double[] mask = [.. Members(advantages, (g, i) => advantages.IsZero(g, i) ? 0 : 1)];

        Assert.Equal(Golden["zero_adv_mask"].Values, mask);
        Assert.Equal(Golden["zero_std_ratio"].Scalar, advantages.TiedGroupShare, 1e-15);
        Assert.Equal(1, advantages.Rewards[2].TiedGroups);
        Assert.Equal(2 / 6.0, advantages.Rewards[0].TiedGroups, 1e-15);
    }

    [Fact]
    public void Samples_in_any_order_find_their_group()
    {
        long[] ids = Golden["shuffle.prompt_id"].Integers(), permutation = Golden["shuffle.perm"].Integers();
        RewardTable table = RewardTable.FromSamples(Names, ids, (k, s) => RewardEntry.Of(Golden["rewards"].Values[permutation[s] * 3 + k]), out (int Group, int Member)[] places);

        Advantages genrl = AdvantageEstimator.Compute(table, Weighted(AdvantageOptions.GenRl));
        Advantages flow = AdvantageEstimator.Compute(table, Weighted(AdvantageOptions.FlowGrpo));

        Near.Equal(Golden["shuffle.genrl.total"].Values, [.. places.Select(p => genrl.Total(p.Group, p.Member))], 1e-12, 1e-10);
        Near.Equal(Golden["shuffle.flow.per_prompt"].Values, [.. places.Select(p => flow.Total(p.Group, p.Member))], 1e-12, 1e-10);
    }

    [Fact]
    public void A_group_of_one_has_no_advantage_under_any_rule()
    {
        FixtureTensor single = Golden["single.rewards"];
        RewardTable table = RewardTable.Create(["a", "b"], [1, 1, 1, 1, 1], (k, g, _) => RewardEntry.Of(single.Values[g * 2 + k]));
        foreach (AdvantageOptions options in Presets)
        {
            Advantages advantages = AdvantageEstimator.Compute(table, options);

            Assert.All(Members(advantages, advantages.Total), a => Assert.Equal(0, a));
        }
    }

    [Fact]
    public void Equation_5_divides_by_the_groups_own_deviation_but_not_by_less_than_epsilon()
    {
        RewardTable table = RewardTable.Create(["r"], [2, 2], (_, g, i) => RewardEntry.Of(g == 0 ? 3 * i : 1e-5 * i));

        Advantages advantages = AdvantageEstimator.Compute(table, AdvantageOptions.GeoAlignEquation5);

        Assert.Equal(Math.Sqrt(0.5), advantages.Total(0, 1), 1e-12);        // ±½ range over σ = range/√2
        Assert.Equal(0.5e-5 / 1e-4, advantages.Total(1, 1), 1e-12);
    }

    [Fact]
    public void The_largest_deviation_never_enlarges_an_advantage() => ForAll.Seeds(100, rng =>
    {
        RewardTable table = RandomTable(rng);

        Advantages own = AdvantageEstimator.Compute(table, AdvantageOptions.GeoAlign with { Scale = AdvantageScale.GroupStd, Clip = null });
        Advantages shared = AdvantageEstimator.Compute(table, AdvantageOptions.GeoAlign with { Clip = null });

        for (int g = 0; g < table.GroupCount; g++)
        {
            for (int i = 0; i < table.MemberCount(g); i++)
            {
                for (int k = 0; k < 2; k++)
                    Assert.True(Math.Abs(shared.InDimension(k, g, i)) <= Math.Abs(own.InDimension(k, g, i)) * (1 + 1e-12));
            }
        }
    });

    [Fact]
    public void Advantages_of_a_group_sum_to_zero_and_ignore_shifts_and_scales_of_a_reward() => ForAll.Seeds(100, rng =>
    {
        RewardTable table = RandomTable(rng);
        double shift = 10 * rng.NextDouble(), scale = 1 + 9 * rng.NextDouble();
        RewardTable moved = RewardTable.Create(table.Dimensions, [.. Enumerable.Range(0, table.GroupCount).Select(table.MemberCount)],
            (k, g, i) => RewardEntry.Of(k == 0 ? shift + scale * table[k, g, i].Value : table[k, g, i].Value));
        AdvantageOptions options = AdvantageOptions.GeoAlign with { Epsilon = 0, Clip = null };

        Advantages first = AdvantageEstimator.Compute(table, options), second = AdvantageEstimator.Compute(moved, options);

        for (int g = 0; g < table.GroupCount; g++)
            Assert.Equal(0, Enumerable.Range(0, table.MemberCount(g)).Sum(i => first.Total(g, i)), 1e-9);
        Near.Equal(Members(first, first.Total), Members(second, second.Total), 1e-9, 1e-9);
    });

    [Fact]
    public void A_member_without_a_reward_leaves_the_statistics_and_gets_nothing()
    {
        RewardTable whole = RewardTable.Create(["a", "b"], [3], (k, _, i) => RewardEntry.Of(k == 0 ? i : i * i));
        RewardTable holed = RewardTable.Create(["a", "b"], [4], (k, _, i) =>
            i == 1 ? k == 0 ? RewardEntry.Missing("no pose found") : RewardEntry.Of(100) : whole[k, 0, i > 1 ? i - 1 : i]);

        Advantages expected = AdvantageEstimator.Compute(whole, AdvantageOptions.GeoAlign);
        Advantages actual = AdvantageEstimator.Compute(holed, AdvantageOptions.GeoAlign);

        Assert.Equal([expected.Total(0, 0), 0, expected.Total(0, 1), expected.Total(0, 2)], Members(actual, actual.Total));
        Assert.False(actual.IsCounted(0, 1));
        Assert.True(actual.IsCounted(0, 0));
        Assert.Equal((1, 0), (actual.Rewards[0].Missing, actual.Rewards[1].Missing));
    }

    [Fact]
    public void A_neutral_dimension_keeps_the_members_other_rewards()
    {
        RewardTable holed = RewardTable.Create(["a", "b"], [3], (k, _, i) => i == 1 && k == 0 ? RewardEntry.Missing("no pose found") : RewardEntry.Of(i));

        Advantages actual = AdvantageEstimator.Compute(holed, AdvantageOptions.GeoAlign with { Missing = MissingRewards.NeutralDimension });

        Assert.Equal(0, actual.InDimension(0, 0, 1));
        Assert.Equal(1 / Math.Sqrt(2), actual.InDimension(0, 0, 2), 1e-7);       // of {0, 2}: std √2
        Assert.Equal(1, actual.InDimension(1, 0, 2), 1e-7);                     // of {0, 1, 2}: std 1
        Assert.True(actual.IsCounted(0, 1));
    }

    [Theory]
    [InlineData(AdvantageSpace.Advantage, MissingRewards.ExcludeMember)]
    [InlineData(AdvantageSpace.Advantage, MissingRewards.NeutralDimension)]
    [InlineData(AdvantageSpace.Reward, MissingRewards.ExcludeMember)]
    public void A_reward_of_weight_zero_changes_nothing_whether_there_or_missing(AdvantageSpace space, MissingRewards missing) => ForAll.Seeds(50, rng =>
    {
        double[] pose = [.. Enumerable.Range(0, 4).Select(_ => rng.NextDouble())], looks = [.. Enumerable.Range(0, 4).Select(_ => rng.NextDouble())];
        bool[] lacksPose = [.. Enumerable.Range(0, 4).Select(_ => rng.Next(5) == 0)], lacksLooks = [.. Enumerable.Range(0, 4).Select(_ => rng.Next(2) == 0)];
        RewardTable alone = RewardTable.Create(["pose"], [4], (_, _, i) => Entry(pose, lacksPose, i));
        RewardTable beside = RewardTable.Create(["looks", "pose"], [4], (k, _, i) => k == 0 ? Entry(looks, lacksLooks, i) : Entry(pose, lacksPose, i));
        AdvantageOptions options = AdvantageOptions.GeoAlign with { Space = space, Missing = missing };

        Advantages expected = AdvantageEstimator.Compute(alone, options);
        Advantages actual = AdvantageEstimator.Compute(beside, options with { Weights = new Dictionary<string, double> { ["looks"] = 0 } });

        Assert.Equal(Members(expected, expected.Total), Members(actual, actual.Total));
        Assert.Equal(expected.TiedGroupShare, actual.TiedGroupShare);
        for (int i = 0; i < 4; i++) Assert.Equal(expected.IsCounted(0, i), actual.IsCounted(0, i));
        Assert.Equal(lacksLooks.Count(l => l), actual.Rewards[0].Missing);

        static RewardEntry Entry(double[] values, bool[] lacks, int i) => lacks[i] ? RewardEntry.Missing("failed") : RewardEntry.Of(values[i]);
    });

    [Fact]
    public void A_group_that_only_a_reward_of_weight_zero_tells_apart_is_tied()
    {
        RewardTable table = RewardTable.Create(["watched", "trained"], [3], (k, _, i) => RewardEntry.Of(k == 0 ? i : 7));

        Advantages advantages = AdvantageEstimator.Compute(table, AdvantageOptions.GeoAlign with { Weights = new Dictionary<string, double> { ["watched"] = 0 } });

        Assert.Equal(1, advantages.TiedGroupShare);
        Assert.Equal(1, advantages.InDimension(0, 0, 2), 1e-7);
    }

    [Fact]
    public void A_group_in_which_every_reward_failed_trains_nothing()
    {
        RewardTable table = RewardTable.Create(["a"], [3, 3], (_, g, i) => g == 0 ? RewardEntry.Missing("decoder failed") : RewardEntry.Of(i));

        Advantages advantages = AdvantageEstimator.Compute(table, AdvantageOptions.GeoAlign);

        Assert.Equal([0.0, 0, 0], Members(advantages, advantages.Total)[..3]);
        Assert.Equal(0.5, advantages.TiedGroupShare);
        Assert.Null(AdvantageEstimator.Compute(RewardTable.Create(["a"], [2], (_, _, _) => default), AdvantageOptions.GeoAlign).Rewards[0].Mean);
    }

    [Theory]
    [InlineData(AdvantageScale.MaxGroupStd)]
    [InlineData(AdvantageScale.GlobalStd)]
    public void Two_ranks_give_the_numbers_of_one(AdvantageScale scale)
    {
        AdvantageOptions options = Weighted(AdvantageOptions.GeoAlign) with { Scale = scale };
        Advantages whole = AdvantageEstimator.Compute(Table(), options);
        RewardTable[] halves = [Table(0, 2), Table(2, 4)];

        // Both ranks compute in turn; the exchange is played back from what each would send.
        double[][][] gathered = [.. Enumerable.Range(0, 3).Select(k => halves.Select(t => Values(t, k)).ToArray())];
        double[] maxima = [.. Enumerable.Range(0, 3).Select(k => halves.Max(t => Enumerable.Range(0, t.GroupCount).Max(g => GroupStatistics.Of(Group(t, k, g)).Std)))];
        Advantages[] parts = [.. halves.Select((t, rank) => AdvantageEstimator.Compute(t, options, new PlayedBack(rank, maxima, gathered)))];

        double[] joined = [.. Members(parts[0], parts[0].Total), .. Members(parts[1], parts[1].Total)];
        Near.Equal(Members(whole, whole.Total), joined, 1e-15, 1e-14);
    }

    [Fact]
    public void A_reward_that_is_not_a_number_stops_and_names_its_place()
    {
        NonFiniteException stop = Assert.Throws<NonFiniteException>(() =>
            RewardTable.Create(["rot", "hps"], [2, 2], (k, g, i) => RewardEntry.Of(k == 1 && g == 1 && i == 0 ? double.NaN : 1)));

        Assert.Contains("'hps' of group 1, member 0", stop.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_for_an_unknown_reward_is_refused() =>
        Assert.Contains("'typo'", Assert.Throws<ArgumentException>(() => AdvantageEstimator.Compute(Table(),
            AdvantageOptions.GeoAlign with { Weights = new Dictionary<string, double> { ["typo"] = 2 } })).Message, StringComparison.Ordinal);

    [Fact]
    public void One_named_reward_may_have_weight_zero_but_not_all_of_them()
    {
        RewardTable table = Table();
        Dictionary<string, double> first = new() { [table.Dimensions[0]] = 0 };

        AdvantageEstimator.Compute(table, AdvantageOptions.GeoAlign with { Weights = first });
        Assert.Contains("are 0 for all rewards", Assert.Throws<ArgumentException>(() => AdvantageEstimator.Compute(table,
            AdvantageOptions.GeoAlign with { Weights = table.Dimensions.ToDictionary(d => d, _ => 0.0) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_and_the_worst_are_kept_as_DanceGrpo_keeps_them()
    {
        double[] scores = Golden["bestof.scores"].Values;

        Assert.Equal(Golden["bestof.selected"].Integers(), BestOfN.Select(scores, (int)Golden["bestof.n"].Scalar).Select(i => (long)i));
        Assert.Equal(Golden["bestof.odd_selected"].Integers(), BestOfN.Select(scores, 5).Select(i => (long)i));
        Assert.Equal(scores.Length, BestOfN.Select(scores, scores.Length).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => BestOfN.Select(scores, scores.Length + 1));
    }

    private static IEnumerable<AdvantageOptions> Presets =>
    [
        AdvantageOptions.GeoAlign, AdvantageOptions.GeoAlignEquation5, AdvantageOptions.MixGrpo, AdvantageOptions.MixGrpoRewardSum, AdvantageOptions.DanceGrpo,
        AdvantageOptions.FlowGrpo, AdvantageOptions.FlowGrpoGlobalStd, AdvantageOptions.GenRl, AdvantageOptions.DrGrpo,
    ];

    private static void Matches(AdvantageOptions options, string? total, string? perReward = null)
    {
        Advantages advantages = AdvantageEstimator.Compute(Table(), Weighted(options));

        if (total is not null) Near.Equal(Golden[total].Values, Members(advantages, advantages.Total), 1e-12, 1e-10, total);
        if (perReward is null) return;
        double[] parts = [.. Enumerable.Range(0, 6).SelectMany(g => Enumerable.Range(0, 4).SelectMany(i => Enumerable.Range(0, 3).Select(k => advantages.InDimension(k, g, i))))];
        Near.Equal(Golden[perReward].Values, parts, 1e-12, 1e-10, perReward);
    }

    private static AdvantageOptions Weighted(AdvantageOptions options) => options with { Weights = GoldenWeights };

    private static RewardTable Table(int first = 0, int count = 6) =>
        RewardTable.Create(Names, [.. Enumerable.Repeat(4, count)], (k, g, i) => RewardEntry.Of(Golden["rewards"].Values[((first + g) * 4 + i) * 3 + k]));

    private static RewardTable RandomTable(Random rng) =>
        RewardTable.Create(["a", "b"], [.. Enumerable.Range(0, rng.Next(1, 5)).Select(_ => rng.Next(1, 7))], (_, _, _) => RewardEntry.Of(rng.NextDouble() * 4 - 2));

    private static double[] Members(Advantages advantages, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, advantages.GroupCount).SelectMany(g => Enumerable.Range(0, advantages.MemberCount(g)).Select(i => value(g, i)))];

    private static double[] Group(RewardTable table, int k, int g) => [.. Enumerable.Range(0, table.MemberCount(g)).Select(i => table[k, g, i].Value)];

    private static double[] Values(RewardTable table, int k) => [.. Enumerable.Range(0, table.GroupCount).SelectMany(g => Group(table, k, g))];

    private sealed class PlayedBack(int rank, double[] maxima, double[][][] gathered) : IRankReduction
    {
        private int _call;

        public int Rank => rank;

        public int RankCount => 2;

        public double[] Max(ReadOnlySpan<double> values) => maxima;

        public double[][] Gather(ReadOnlySpan<double> values)
        {
            double[][] all = gathered[_call++];
            return values.SequenceEqual(all[rank]) ? all : throw new XunitException("The rank sent other numbers than its own rewards.");
        }
    }
}
