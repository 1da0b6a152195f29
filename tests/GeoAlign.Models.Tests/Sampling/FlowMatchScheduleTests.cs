using GeoAlign.Grpo;

namespace GeoAlign.Models.Tests;

public class FlowMatchScheduleTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("models", "scheduler.safetensors");

    [Fact]
    public void Tables_meet_the_golden_ones_with_timesteps_rounded_or_not()
    {
        foreach (int steps in new[] { 1, 4, 10, 16, 20, 25, 30, 50 })
        {
            foreach (int shift in new[] { 1, 3, 5, 8 })
            {
                string name = $"n{steps}.shift{shift}";
                FlowMatchSchedule schedule = new(steps, shift);

                Assert.Equal(Golden[name + ".sigmas"].Floats(), schedule.Sigmas.ToArray());
                Assert.Equal(Golden[name + ".timesteps"].Floats(), schedule.Timesteps.ToArray());
                Assert.Equal(Golden[name + ".timesteps_bf16"].Values,
                    Enumerable.Range(0, steps).Select(i => (double)schedule.Timestep(i, roundToBFloat16: true)));
                Assert.Equal(schedule.Timesteps.ToArray(), Enumerable.Range(0, steps).Select(i => schedule.Timestep(i, roundToBFloat16: false)));
            }
        }
    }

    [Fact]
    public void Levels_are_those_of_the_solver_to_a_floats_precision()
    {
        foreach (int steps in new[] { 3, 50, 1000 })
        {
            SigmaSchedule exact = SigmaSchedule.DiffSynth(steps, 5);
            Near.Equal(exact.Sigmas[..steps], new FlowMatchSchedule(steps, 5).Sigmas, 2e-7, what: $"{steps} levels");
        }
    }

    // A policy is told the solver's σ in double. At the shift of the released pipelines that never changes what a timestep rounds to; at
    // others it does only where 1000 σ lies half way between two bfloat16 numbers, which the last bit of float32 decides there.
    [Fact]
    public void A_policy_rounds_timesteps_as_the_released_scheduler_does()
    {
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, seed: 1);
        FlowVelocity policy = new(network, guidanceScale: 1, roundTimestepToBFloat16: true);
        List<(int Shift, int Steps, double Timestep)> ties = [];
        foreach (int shift in new[] { 1, 3, 5, 8 })
        {
            for (int steps = 1; steps <= 100; steps++)
            {
                FlowMatchSchedule released = new(steps, shift);
                SigmaSchedule solver = SigmaSchedule.DiffSynth(steps, shift);
                for (int i = 0; i < steps; i++)
                {
                    float expected = released.Timestep(i, roundToBFloat16: true);
                    Assert.Equal(expected, policy.Timestep(released.Sigmas[i]));
                    if (policy.Timestep(solver[i]) != expected) ties.Add((shift, steps, 1000 * solver[i]));
                }
            }
        }

        Assert.DoesNotContain(ties, t => t.Shift == 5);
        Assert.Equal(25, ties.Count);
        Assert.All(ties, t => Assert.Equal(0.5, Math.Abs(t.Timestep / (t.Timestep < 512 ? 2 : 4) % 1), 1e-9));
    }

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(995.935f, 996f)]
    [InlineData(257f, 256f)]      // a tie goes to the even neighbour
    [InlineData(259f, 260f)]
    [InlineData(-257.1f, -258f)]
    public void Rounding_goes_to_the_nearest_bfloat16(float value, float expected) => Assert.Equal(expected, BFloat16Rounding.Round(value));

    [Fact]
    public void Impossible_schedules_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlowMatchSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlowMatchSchedule(4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlowMatchSchedule(4, double.NaN));
    }
}
