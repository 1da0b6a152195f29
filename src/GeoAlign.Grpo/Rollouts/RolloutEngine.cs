using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>Draws groups of rollouts: deterministic steps outside the window, stochastic ones with their log densities inside.</summary>
/// <typeparam name="TCondition">What rollouts are conditioned on.</typeparam>
/// <typeparam name="T">Element type of latents.</typeparam>
/// <param name="policy">The model that is trained.</param>
/// <param name="noise">Source of all noise.</param>
/// <param name="options">How groups are drawn.</param>
/// <param name="objective">The loss the rollouts are for: it says which log density is stored, and whether velocities are.</param>
public sealed class RolloutEngine<TCondition, T>(IPolicy<TCondition, T> policy, ILatentNoise<T> noise, RolloutOptions options, ObjectiveOptions objective)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Draws the group of one condition. Only the states of the window are kept.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="plan">Solver steps.</param>
    /// <param name="iteration">Iteration, part of the address of the noise.</param>
    /// <param name="group">Index of the group over all ranks, part of the address of the noise.</param>
    /// <param name="stepped">Told the number of solver steps done after each; null for nobody.</param>
    /// <param name="stop">Asked between solver steps.</param>
    /// <exception cref="NonFiniteException">A velocity is NaN or infinite; the message names step, group and member.</exception>
    public RolloutGroup<TCondition, T> Draw(TCondition condition, RolloutPlan plan, int iteration, int group, Action<int>? stepped = null, CancellationToken stop = default)
    {
        int size = policy.LatentSize(condition);
        SdeWindow window = plan.Window;
        MemberPath[] members = [.. Enumerable.Range(0, options.GroupSize).Select(_ => new MemberPath(window.Length, objective.NeedsOldVelocity))];
        T[][] states = InitialStates(iteration, group, size);
        LatentBuffers<T> buffers = new(size);
        PredictionHistory<T> history = new(plan, buffers);
        T[] stepNoise = new T[size];
        long evaluations = 0;

        for (int i = 0; i < plan.Steps.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            FlowStep step = plan.Steps[i];
            T[][] velocities = buffers.Rent(states.Length);
            Predict(condition, step.Sigma, states, velocities);
            RequireFinite(velocities, i, step.Sigma, group);
            evaluations += states.Length;

            history.Add(i, states, velocities);

            // Members that share their path part at the first stochastic step: same state, same velocity, different noise.
            bool stochastic = window.Contains(i);
            int count = stochastic ? members.Length : states.Length;
            T[][] next = buffers.Rent(count);
            for (int m = 0; m < count; m++)
            {
                T[] x = states[m % states.Length], v = velocities[m % velocities.Length];
                if (stochastic)
                {
                    noise.Step(iteration, group, m, i, stepNoise);
                    step.Draw<T>(x, v, stepNoise, next[m]);
                    members[m].Add(i - window.Start, x, v, next[m], step.LogProb<T>(x, v, next[m], objective.LogProb));
                }
                else if (!history.TryAdvance(i, m, x, next[m])) step.Mean<T>(x, v, next[m]);
            }

            buffers.Return(velocities);
            if (!stochastic && i != window.End) buffers.Return(states);          // states of the window belong to the rollouts
            states = next;
            stepped?.Invoke(i + 1);
        }

        RequireFinite(states, plan.Steps.Length, 0, group);
        Rollout<T>[] rollouts = [.. members.Select((m, index) => m.Finish(states[index % states.Length]))];
        return new RolloutGroup<TCondition, T>(condition, iteration, group, plan, rollouts, options.ShareInitialNoise, evaluations);
    }

    private T[][] InitialStates(int iteration, int group, int size)
    {
        T[][] states = new T[options.ShareInitialNoise && options.SharePrefix ? 1 : options.GroupSize][];
        for (int m = 0; m < states.Length; m++)
        {
            states[m] = new T[size];
            noise.Initial(iteration, group, options.ShareInitialNoise ? 0 : m, states[m]);
        }

        return states;
    }

    private void Predict(TCondition condition, double sigma, T[][] states, T[][] velocities)
    {
        int batch = Math.Min(options.BatchSize ?? states.Length, states.Length), size = states[0].Length;
        if (batch == 1)
        {
            for (int m = 0; m < states.Length; m++) policy.PredictVelocity(condition, sigma, 1, states[m], velocities[m]);
            return;
        }

        T[] latents = new T[batch * size], predicted = new T[batch * size];
        for (int first = 0; first < states.Length; first += batch)
        {
            int count = Math.Min(batch, states.Length - first);
            for (int m = 0; m < count; m++) states[first + m].CopyTo(latents, m * size);
            policy.PredictVelocity(condition, sigma, count, latents.AsSpan(0, count * size), predicted.AsSpan(0, count * size));
            for (int m = 0; m < count; m++) predicted.AsSpan(m * size, size).CopyTo(velocities[first + m]);
        }
    }

    private static void RequireFinite(T[][] vectors, int step, double sigma, int group)
    {
        for (int m = 0; m < vectors.Length; m++)
        {
            if (!Finite.All<T>(vectors[m]))
                throw new NonFiniteException($"{(sigma > 0 ? "The velocity predicted" : "The latent")} at step {step} (σ = {sigma:0.####}), group {group}, member {m}{(vectors.Length == 1 ? " (shared by the group)" : "")}");
        }
    }

    private sealed class MemberPath(int length, bool keepsVelocities)
    {
        private readonly T[][] _states = new T[length == 0 ? 0 : length + 1][];
        private readonly T[][] _velocities = new T[keepsVelocities ? length : 0][];
        private readonly double[] _logProbs = new double[length];

        public void Add(int index, T[] state, T[] velocity, T[] next, double logProb)
        {
            (_states[index], _states[index + 1], _logProbs[index]) = (state, next, logProb);
            if (keepsVelocities) _velocities[index] = [.. velocity];
        }

        public Rollout<T> Finish(T[] final) => new(_states, _logProbs, _velocities, final);
    }
}
