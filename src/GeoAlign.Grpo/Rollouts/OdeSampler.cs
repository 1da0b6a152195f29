namespace GeoAlign.Grpo;

/// <summary>Generates without noise in the steps: Euler along the whole schedule, as for previews and evaluations.</summary>
public static class OdeSampler
{
    /// <summary>Turns noise into data: <c>x ← x + (σ_{k+1} − σ_k)·v(x, σ_k)</c> for every step k, <see cref="StepRule.Ode"/>.</summary>
    /// <typeparam name="TCondition">What the policy is conditioned on.</typeparam>
    /// <param name="policy">Predicts the velocity.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="schedule">Noise levels from 1 to 0.</param>
    /// <param name="latent">Standard normal numbers, <see cref="IPolicy{TCondition, T}.LatentSize"/> of them; receives the result.</param>
    /// <param name="stop">Ends the work between steps.</param>
    /// <exception cref="ArgumentException">The latent has another size.</exception>
    /// <exception cref="NonFiniteException">A velocity is NaN or infinite; the message names the step.</exception>
    public static void Generate<TCondition>(
        IPolicy<TCondition, float> policy, TCondition condition, SigmaSchedule schedule, Span<float> latent, CancellationToken stop = default)
    {
        int size = policy.LatentSize(condition);
        if (latent.Length != size) throw new ArgumentException($"The latent has {latent.Length} numbers, expected {size}.", nameof(latent));
        float[] velocity = new float[size];
        for (int k = 0; k < schedule.Steps; k++)
        {
            stop.ThrowIfCancellationRequested();
            policy.PredictVelocity(condition, schedule[k], 1, latent, velocity);
            if (!Finite.All<float>(velocity)) throw new NonFiniteException($"The velocity predicted at step {k} (σ = {schedule[k]:0.####})");
            StepRule.Ode.At(schedule, k).Mean<float>(latent, velocity, latent);
        }
    }
}
