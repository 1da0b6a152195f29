using System.Numerics;

namespace GeoAlign.Grpo;

/// <summary>
/// Turns the rollouts and advantages of an iteration into optimiser updates: the loss is the mean over rollouts and window steps, its derivative with
/// respect to every predicted velocity is written down in closed form, and the policy takes it from there.
/// </summary>
/// <typeparam name="TCondition">What rollouts are conditioned on.</typeparam>
/// <typeparam name="T">Element type of latents.</typeparam>
public sealed class UpdateEngine<TCondition, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IPolicy<TCondition, T> _policy;
    private readonly IPolicy<TCondition, T>? _reference;
    private readonly IPolicyOptimizer _optimizer;
    private readonly IRankReduction _ranks;
    private readonly StepObjective _objective;
    private readonly UpdateOptions _options;
    private readonly double[] _stepWeights;

    /// <summary>An engine for one policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="optimizer">Its weights.</param>
    /// <param name="schedule">Noise levels, for the step weights.</param>
    /// <param name="rule">Noise of stochastic steps, for the step weights.</param>
    /// <param name="objective">The loss.</param>
    /// <param name="options">How updates are made.</param>
    /// <param name="reference">Reference policy; needed when the objective has a KL penalty.</param>
    /// <param name="ranks">Other processes of the run; null for one process.</param>
    /// <exception cref="ArgumentException">Bad options, or a KL penalty without a reference.</exception>
    public UpdateEngine(
        IPolicy<TCondition, T> policy, IPolicyOptimizer optimizer, SigmaSchedule schedule, StepRule rule, ObjectiveOptions objective, UpdateOptions options,
        IPolicy<TCondition, T>? reference = null, IRankReduction? ranks = null)
    {
        string problems = string.Join("; ", [.. objective.Problems(), .. options.Problems(), .. rule.Problems()]);
        if (problems.Length > 0) throw new ArgumentException(problems + ".", nameof(options));
        if (objective.KlWeight > 0 && reference is null) throw new ArgumentException("A KL penalty needs the reference policy.", nameof(reference));
        (_policy, _optimizer, _options, _reference) = (policy, optimizer, options, reference);
        _ranks = ranks ?? SingleRank.Instance;
        _objective = new StepObjective(objective);
        _stepWeights = StepWeights.Compute(objective.StepWeight, rule, schedule);
    }

    /// <summary>Makes the updates of one iteration.</summary>
    /// <param name="groups">This rank's groups.</param>
    /// <param name="advantages">Their advantages, in the same order.</param>
    /// <param name="learningRate">Learning rate of the n-th update of this iteration, from 0.</param>
    /// <param name="updated">Called after the n-th update; null for nobody.</param>
    /// <param name="progress">Told how many of how many backward passes of an update are done; null for nobody.</param>
    /// <param name="stop">Asked between backward passes; an update that has not been applied is given up.</param>
    /// <returns>One report per update made. A part in which no rollout of any rank was scored makes none.</returns>
    /// <exception cref="RatioMismatchException">Rollout and replay disagree; nothing was updated.</exception>
    /// <exception cref="NonFiniteException">A velocity, loss or gradient is NaN or infinite; the update it belongs to was not made.</exception>
    public IReadOnlyList<UpdateReport> Update(
        IReadOnlyList<RolloutGroup<TCondition, T>> groups, Advantages advantages, Func<int, double> learningRate,
        Action<int>? updated = null, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        if (groups.Count != advantages.GroupCount) throw new ArgumentException($"{groups.Count} groups, but advantages of {advantages.GroupCount}.", nameof(advantages));
        for (int g = 0; g < groups.Count; g++)
        {
            if (groups[g].Members.Count != advantages.MemberCount(g))
                throw new ArgumentException($"Group {g} has {groups[g].Members.Count} rollouts, but advantages of {advantages.MemberCount(g)}.", nameof(advantages));
        }

        List<UpdateReport> reports = [];
        int[][] members = [.. Enumerable.Range(0, groups.Count).Select(g => Candidates(advantages, g))];
        for (int part = 0; part < _options.UpdatesPerIteration; part++)
        {
            int[][] chosen = Array.ConvertAll(members, m => m.Where((_, j) => (long)j * _options.UpdatesPerIteration / m.Length == part).ToArray());
            chosen = [.. chosen.Select((m, g) => m.Where(i => advantages.IsCounted(g, i)).ToArray())];
            double rollouts = _ranks.Gather([chosen.Sum(m => m.Length)]).Sum(v => v[0]);
            if (rollouts == 0) continue;
            List<Pass> passes = Passes(groups, advantages, chosen);
            reports.Add(UpdateOnce(groups, advantages, passes, rollouts, isFirst: reports.Count == 0, learningRate(reports.Count), progress, stop));
            updated?.Invoke(reports.Count - 1);
        }

        return reports;
    }

    // What goes through the network together: some members of a group at one step of its window, or all of them where they are in the same state.
    private List<Pass> Passes(IReadOnlyList<RolloutGroup<TCondition, T>> groups, Advantages advantages, int[][] chosen)
    {
        List<Pass> passes = [];
        bool skips = _options.SkipZeroAdvantages && _objective.Options.KlWeight == 0;
        for (int g = 0; g < groups.Count; g++)
        {
            int group = g;
            int[] trained = skips ? [.. chosen[g].Where(i => !advantages.IsZero(group, i))] : chosen[g];
            for (int k = 0; k < groups[g].Plan.Window.Length && trained.Length > 0; k++)
            {
                bool sameState = k == 0 && groups[g].SharesFirstState && _options.ShareStateGradient;
                int batch = sameState ? trained.Length : _options.BatchSize ?? trained.Length;
                foreach (int[] members in trained.Chunk(batch)) passes.Add(new Pass(g, k, members, sameState));
            }
        }

        return passes;
    }

    private UpdateReport UpdateOnce(
        IReadOnlyList<RolloutGroup<TCondition, T>> groups, Advantages advantages, List<Pass> passes, double rollouts, bool isFirst, double learningRate,
        Action<int, int>? progress, CancellationToken stop)
    {
        UpdateStatistics statistics = new();
        bool hasKl = _objective.Options.KlWeight > 0;
        _optimizer.ZeroGradients();
        for (int p = 0; p < passes.Count; p++)
        {
            stop.ThrowIfCancellationRequested();
            RolloutGroup<TCondition, T> group = groups[passes[p].Group];
            Backpropagate(group, passes[p], advantages, scale: 1 / (rollouts * group.Plan.Window.Length), isFirst, statistics);
            progress?.Invoke(p + 1, passes.Count);
        }

        if (isFirst) RequireAgreement(statistics);
        _optimizer.SumGradientsOverRanks();
        double norm = _optimizer.GradientNorm();
        if (!double.IsFinite(norm)) throw new NonFiniteException($"The gradient norm ({norm})");
        double gradientScale = _options.MaxGradientNorm is double max ? GradientClipping.Factor(norm, max) : 1;
        _optimizer.ApplyUpdate(learningRate, gradientScale);
        return statistics.Report(hasKl, norm, gradientScale, learningRate);
    }

    private void Backpropagate(RolloutGroup<TCondition, T> group, Pass pass, Advantages advantages, double scale, bool isFirst, UpdateStatistics statistics)
    {
        (int g, int k, int[] members, bool sameState) = pass;
        int index = group.Plan.Window.Start + k, count = sameState ? 1 : members.Length, size = group.Members[0].State(k).Length;
        FlowStep step = group.Plan.Steps[index];
        T[] states = new T[count * size];
        for (int b = 0; b < count; b++) group.Members[members[b]].State(k).CopyTo(states.AsSpan(b * size));
        T[] references = [];
        if (_objective.Options.KlWeight > 0)
        {
            references = new T[count * size];
            _reference!.PredictVelocity(group.Condition, step.Sigma, count, states, references);
            statistics.ReferenceEvaluations += count;
        }

        _policy.Backpropagate(group.Condition, step.Sigma, count, states, (velocities, gradients) =>
        {
            for (int b = 0; b < members.Length; b++)
            {
                int member = members[b], at = (sameState ? 0 : b) * size;
                Rollout<T> rollout = group.Members[member];
                StepSample<T> sample = new()
                {
                    State = rollout.State(k), Velocity = velocities.Slice(at, size), Next = rollout.State(k + 1), OldLogProb = rollout.LogProb(k),
                    Advantages = advantages.LossTerms(g, member), OldVelocity = rollout.Velocity(k),
                    ReferenceVelocity = references.Length == 0 ? default : references.AsSpan(at, size),
                    Pinned = isFirst && _objective.Options.PinFirstUpdate,
                };
                StepLoss loss = _objective.Evaluate(step, _stepWeights[index], sample);
                if (!double.IsFinite(loss.Loss)) throw new NonFiniteException($"The loss at step {index}, group {group.Index}, member {member}");
                loss.AddGradient(step, sample, scale, gradients.Slice(at, size));
                statistics.Add(loss, scale, index, group.Index, member);
                if (!Finite.All<T>(gradients.Slice(at, size))) throw new NonFiniteException($"d(loss)/d(velocity) at step {index}, group {group.Index}, member {member}");
            }
        });
        statistics.TrainedStates += count;
    }

    private void RequireAgreement(UpdateStatistics statistics)
    {
        double deviation = _ranks.Max([statistics.MaxRatioDeviation])[0];
        if (!(deviation <= _options.RatioTolerance)) throw new RatioMismatchException(deviation, _options.RatioTolerance, statistics.WorstPlace);
    }

    private int[] Candidates(Advantages advantages, int group)
    {
        int[] all = [.. Enumerable.Range(0, advantages.MemberCount(group))];
        if (_options.KeepBestAndWorst is not int keep) return all;
        int[] counted = [.. all.Where(i => advantages.IsCounted(group, i))];
        int[] selected = BestOfN.Select([.. counted.Select(i => advantages.Unclipped(group, i))], Math.Min(keep, counted.Length));
        return [.. selected.Select(s => counted[s]).Order()];
    }

    private readonly record struct Pass(int Group, int Step, int[] Members, bool SameState);
}
