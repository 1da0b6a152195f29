namespace GeoAlign.Grpo.Tests;

/// <summary>How often the network runs over a whole run, against the closed-form cost: R + 4·Q forward passes per group.</summary>
public class NetworkWorkTests
{
    [Theory]
    [InlineData(25, 12, false, false, 492.0)]
    [InlineData(25, 12, true, false, 376.5)]
    [InlineData(25, 12, false, true, 368.0)]
    [InlineData(25, 12, true, true, 252.5)]
    [InlineData(25, 8, true, false, 254.5)]
    [InlineData(16, 12, true, false, 268.5)]
    [InlineData(16, 12, true, true, 213.5)]      // 210.5 in the published code, whose last three windows stop one step short of data
    public void Average_forward_passes_per_group_over_300_iterations(int steps, int groupSize, bool share, bool flash, double expected)
    {
        ToyPolicy policy = new([[0.3]], [0.5], [0.1], 0.03);
        StepRule rule = new FlowSdeRule(0.7);
        SigmaSchedule schedule = SigmaSchedule.Linspace(steps, 3);
        ObjectiveOptions objective = new() { ClipLow = 0.5, ClipHigh = 0.5 };
        RolloutEngine<int, double> sampler = new(policy, new CounterNoise<double>(1), new RolloutOptions { GroupSize = groupSize, SharePrefix = share }, objective);
        UpdateEngine<int, double> updater = new(policy, policy, schedule, rule, objective, new UpdateOptions { ShareStateGradient = share, RatioTolerance = 1e-9 });
        SlidingWindow windows = new(4, 25, 1);
        Advantages advantages = AdvantageEstimator.Compute(RewardTable.Create(["r"], [groupSize], (_, _, i) => RewardEntry.Of(i)), AdvantageOptions.GeoAlign);

        long work = 0;
        for (int iteration = 0; iteration < 300; iteration++)
        {
            RolloutPlan plan = RolloutPlan.Create(schedule, rule, windows.At(iteration, 0, steps, 1), flash ? new FlashTail(0.4) : null);
            RolloutGroup<int, double> group = sampler.Draw(0, plan, iteration, 0);
            IReadOnlyList<UpdateReport> updates = updater.Update([group], advantages, _ => 1e-6);
            work += new NetworkWork(group.NetworkEvaluations, updates.Sum(u => u.TrainedStates), 0).InForwardPasses;
        }

        Assert.Equal(expected, work / 300.0, 0.05);
        Assert.Equal(work, policy.Predicted + 4 * policy.Trained);      // the policy counted the same
    }
}
