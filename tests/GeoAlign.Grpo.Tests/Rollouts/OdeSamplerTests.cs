namespace GeoAlign.Grpo.Tests;

public class OdeSamplerTests
{
    [Fact]
    public void A_constant_velocity_moves_the_latent_by_minus_itself() => Assert.Equal([-1, 3], Generate((_, v) => (v[0], v[1]) = (2, -2)), (a, b) => Math.Abs(a - b) < 1e-5);

    [Fact]
    public void Euler_steps_use_the_velocity_at_the_start_of_each_step()
    {
        SigmaSchedule schedule = Schedule;
        double expected = 1;
        for (int k = 0; k < schedule.Steps; k++) expected += (schedule[k + 1] - schedule[k]) * expected;

        Assert.Equal(expected, Generate((x, v) => x.CopyTo(v))[0], 1e-5);
    }

    [Fact]
    public void A_latent_of_another_size_is_refused() =>
        Assert.Throws<ArgumentException>(() => OdeSampler.Generate(new Field((_, _) => { }), 0, Schedule, new float[3]));

    [Fact]
    public void A_velocity_that_is_not_finite_stops_and_names_the_step() => Assert.Contains("step 3",
        Assert.Throws<NonFiniteException>(() => Generate(new Broken(3).Velocity)).Message, StringComparison.Ordinal);

    private sealed class Broken(int step)
    {
        private int _calls;

        public void Velocity(ReadOnlySpan<float> latent, Span<float> velocity) => velocity[1] = _calls++ == step ? float.NaN : 0;
    }

    private static SigmaSchedule Schedule => SigmaSchedule.Create(ScheduleKind.Linspace, 8, 3);

    private static float[] Generate(VelocityOf velocity)
    {
        float[] latent = [1, 1];
        OdeSampler.Generate(new Field(velocity), 0, Schedule, latent);
        return latent;
    }

    private delegate void VelocityOf(ReadOnlySpan<float> latent, Span<float> velocity);

    private sealed class Field(VelocityOf velocity) : IPolicy<int, float>
    {
        public int LatentSize(int condition) => 2;

        public void PredictVelocity(int condition, double sigma, int count, ReadOnlySpan<float> latents, Span<float> velocities) => velocity(latents, velocities);

        public void Backpropagate(int condition, double sigma, int count, ReadOnlySpan<float> latents, VelocityGradient<float> lossGradient) =>
            throw new NotSupportedException();
    }
}
