namespace GeoAlign.Grpo.Tests;

public class LearningRateScheduleTests
{
    [Fact]
    public void A_constant_rate_stays_after_the_warm_up() =>
        Assert.Equal([0, 0.5, 1, 1, 1], Enumerable.Range(0, 5).Select(new LearningRateSchedule(1, 2).At));

    [Fact]
    public void A_falling_rate_is_halfway_in_the_middle_and_at_its_share_at_the_end()
    {
        LearningRateSchedule rate = new(2, 0, 100, 0.1);

        Assert.Equal(2, rate.At(0), 1e-12);
        Assert.Equal(2 * 0.55, rate.At(50), 1e-12);
        Assert.Equal(0.2, rate.At(100), 1e-12);
        Assert.Equal(0.2, rate.At(1000), 1e-12);
    }

    [Fact]
    public void A_run_of_no_updates_has_its_final_rate() => Assert.Equal(0.5, new LearningRateSchedule(1, 0, 0, 0.5).At(0));

    [Fact]
    public void The_rate_never_rises_after_the_warm_up() => ForAll.Seeds(50, rng =>
    {
        LearningRateSchedule rate = new(1, 5, 200, rng.NextDouble());

        for (int t = 6; t < 210; t++) Assert.True(rate.At(t) <= rate.At(t - 1) + 1e-15);
    });
}
