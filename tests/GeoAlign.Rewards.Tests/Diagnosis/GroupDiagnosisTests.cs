namespace GeoAlign.Rewards.Tests;

public class GroupDiagnosisTests
{
    [Fact]
    public void A_reward_that_orders_every_group_as_the_judge_does_correlates_fully()
    {
        GroupCorrelation c = GroupCorrelation.Of("trans", [[(1, 10), (2, 20), (3, 30)], [(101, -30), (102, -20)]]);

        Assert.Equal(1, c.Value!.Value, 1e-12);
        Assert.Equal(5, c.Rollouts);
    }

    [Fact]
    public void Agreement_between_conditions_counts_for_nothing()
    {
        // Group means agree perfectly, the order inside of the groups is opposite.
        GroupCorrelation c = GroupCorrelation.Of("trans", [[(1, 2), (2, 1)], [(101, 102), (102, 101)], [(201, 202), (202, 201)]]);

        Assert.Equal(-1, c.Value!.Value, 1e-12);
    }

    [Fact]
    public void The_pooled_correlation_is_that_of_the_deviations()
    {
        GroupCorrelation c = GroupCorrelation.Of("rot", [[(0, 0), (2, 0)], [(5, 1), (5, 3), (8, 2)]]);

        // Deviations: (−1, 0), (1, 0), (−1, −1), (−1, 1), (2, 0): Σxx = 8, Σyy = 2, Σxy = 0.
        Assert.Equal(0, c.Value!.Value, 1e-12);
    }

    [Fact]
    public void Where_nothing_differs_there_is_no_correlation() => Assert.Null(GroupCorrelation.Of("trans", [[(1, 2), (1, 3)]]).Value);

    [Fact]
    public void The_spread_of_the_scale_is_taken_inside_groups()
    {
        GroupDiagnosis d = GroupDiagnosis.Of([[Rollout(0, 0, 0.6), Rollout(1, 1, 0.8)], [Rollout(0, 0, 1.2), Rollout(1, 1, 1.4), Rollout(2, 2, null)]]);

        Assert.Equal(Math.Sqrt((0.02 + 0.02) / 2), d.ScaleSpread!.Value, 1e-12);      // not the 0.3 between the groups
        Assert.Equal(1.0, d.MeanScale!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0, "noise")]
    [InlineData(1, "Good")]
    public void The_verdict_says_in_words_what_the_numbers_mean(int sign, string word)
    {
        JudgedRollout[] group = [Rollout(1, sign, 0.5), Rollout(2, 3 * sign, 0.9), Rollout(1, 1 - sign, 0.5), Rollout(2, 1 - sign + 3 * sign, 0.9)];

        Assert.Contains(GroupDiagnosis.Of([group]).Verdict(), line => line.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public void Rollouts_that_are_all_of_one_scale_are_called_too_little_to_choose_from()
    {
        GroupDiagnosis d = GroupDiagnosis.Of([[Rollout(0, 0, 0.65), Rollout(1, 1, 0.651)]]);

        Assert.Contains(d.Verdict(), line => line.Contains("Too little", StringComparison.Ordinal));
    }

    [Fact]
    public void Groups_of_one_cannot_be_diagnosed() => Assert.Throws<ArgumentException>(() => GroupDiagnosis.Of([[Rollout(0, 0, 1)]]));

    [Fact]
    public void A_missing_reward_takes_no_part()
    {
        JudgedRollout missing = Rollout(0, 50, 1) with { Rewards = new Dictionary<string, double>() };

        GroupDiagnosis d = GroupDiagnosis.Of([[Rollout(1, 1, 1), Rollout(2, 2, 1), missing]]);

        Assert.Equal(1, Assert.Single(d.Correlations).Value!.Value, 1e-12);
        Assert.Equal(2, d.Correlations[0].Rollouts);
    }

    private static JudgedRollout Rollout(double reward, double judged, double? scale) => new()
    {
        Rewards = new Dictionary<string, double> { ["trans"] = reward },
        Judged = new Dictionary<string, double> { ["trans"] = judged },
        MetricScale = scale,
    };
}
