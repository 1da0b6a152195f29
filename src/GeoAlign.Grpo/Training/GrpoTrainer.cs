using System.Diagnostics;

namespace GeoAlign.Grpo;

/// <summary>The training loop: draw conditions, draw rollouts, score them, update the policy; again.</summary>
/// <typeparam name="TCondition">What rollouts are conditioned on.</typeparam>
public sealed class GrpoTrainer<TCondition>
{
    private readonly GrpoOptions _options;
    private readonly TrainerParts<TCondition> _parts;
    private readonly SigmaSchedule _schedule;
    private readonly IRankReduction _ranks;
    private readonly RolloutEngine<TCondition, float> _sampler;
    private readonly UpdateEngine<TCondition, float> _updater;
    private bool _weightsMoved;                                    // in the iteration under way

    /// <summary>A trainer.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="parts">What is trained, on what, and who watches.</param>
    /// <exception cref="ArgumentException">Bad settings, all of them listed; or a part is missing that they ask for.</exception>
    public GrpoTrainer(GrpoOptions options, TrainerParts<TCondition> parts)
    {
        _options = options.Validated();
        _parts = parts;
        if (options.Ema is not null && parts.Optimizer is not IAveragedWeights)
            throw new ArgumentException($"Ema is set, but {parts.Optimizer.GetType().Name} does not implement {nameof(IAveragedWeights)}.", nameof(parts));
        if (options.Ema is not null && parts.Optimizer is IAveragedWeights { KeepsAverage: false })
            throw new ArgumentException($"Ema is set, but {parts.Optimizer.GetType().Name} was made to keep no average of its weights.", nameof(parts));
        if (parts.Guard is not null && parts.Checkpoints is null) throw new ArgumentException("A guard needs checkpoints to roll back to.", nameof(parts));
        _ranks = parts.Ranks ?? SingleRank.Instance;
        _schedule = options.CreateSchedule();
        _sampler = new(parts.Policy, parts.Noise ?? new CounterNoise<float>(options.Seed), options.Rollout, options.Objective);
        _updater = new(parts.Policy, parts.Optimizer, _schedule, options.Noise, options.Objective, options.Update, parts.Reference, _ranks);
    }

    /// <summary>Runs until all iterations are done, or until asked to stop: then the iterations done are saved, and the next run goes on from there.</summary>
    /// <exception cref="RatioMismatchException">Rollout and replay disagree.</exception>
    /// <exception cref="NonFiniteException">A NaN or an infinity appeared.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop in the middle of an iteration, whose work is lost. The iterations before it are saved, unless this one had
    /// already made one of several updates; then the last checkpoint is what the next run goes on from.</exception>
    public async Task<TrainerState> RunAsync(CancellationToken stop = default)
    {
        TrainerState? restored = Restore();
        TrainerState state = restored ?? TrainerState.Initial;
        TrainerState? saved = restored;
        if (restored is null && _parts.Guard is not null) saved = Save(state);           // so that there is something to go back to
        _parts.Log?.ResumeAt(state.Iteration);
        _parts.Observer?.Started(state);

        bool stopped = false;
        while (state.Iteration < _options.Iterations && !stopped && !stop.IsCancellationRequested)
        {
            IterationReport report;
            try
            {
                (state, report) = await IterateAsync(state, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested && saved != state && !_weightsMoved)
            {
                Save(state);                                       // what was done before the iteration that is given up
                throw;
            }

            _parts.Log?.Write(report);
            _parts.Observer?.Finished(report);
            TrainingDecision decision = Judge(report, state);
            stopped = decision.Action == TrainingAction.Stop;
            if (stopped) _parts.Observer?.Stopped(decision.Reason);
            if (decision.Action == TrainingAction.RollBack) saved = state = RollBack(state, decision);
            else if (state.Iteration % _options.CheckpointEvery == 0) saved = Save(state);
        }

        if (saved != state) Save(state);
        return state;
    }

    private async Task<(TrainerState State, IterationReport Report)> IterateAsync(TrainerState state, CancellationToken stop)
    {
        _weightsMoved = false;
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<TCondition> conditions = _parts.Data.Draw(state.Iteration);
        int firstGroup = FirstGroup(conditions.Count);

        long drawn = Stopwatch.GetTimestamp();
        (List<RolloutGroup<TCondition, float>> groups, Task<List<RewardTable>> scoring) = await DrawAsync(conditions, state.Iteration, firstGroup, stop);

        long sampled = Stopwatch.GetTimestamp();
        List<RewardTable> tables = await scoring;
        foreach (RolloutGroup<TCondition, float> group in groups.Skip(tables.Count)) tables.Add(await ScoreAsync(group, stop));
        RewardTable rewards = RewardTable.Join(tables);
        Advantages advantages = AdvantageEstimator.Compute(rewards, _options.Advantage, _ranks);
        _parts.Observer?.Scored(groups, rewards, advantages);

        long scored = Stopwatch.GetTimestamp();
        LearningRateSchedule rate = new(_options.LearningRate * state.LearningRateFactor, _options.WarmUpUpdates,
            _options.Iterations * _options.Update.UpdatesPerIteration, _options.FinalLearningRateShare);
        IReadOnlyList<UpdateReport> updates = _updater.Update(groups, advantages, n => rate.At(state.Updates + n), n => Updated(state.Updates + n),
            (done, total) => _parts.Observer?.Backpropagated(done, total), stop);
        long updated = Stopwatch.GetTimestamp();

        StageSeconds seconds = new(Seconds(start, drawn), Seconds(drawn, sampled), Seconds(sampled, scored), Seconds(scored, updated));
        TrainerState next = state with { Iteration = state.Iteration + 1, Updates = state.Updates + updates.Count };
        return (next, Report(state.Iteration, groups, advantages, updates, seconds));
    }

    private async Task<(List<RolloutGroup<TCondition, float>> Groups, Task<List<RewardTable>> Scoring)> DrawAsync(
        IReadOnlyList<TCondition> conditions, int iteration, int firstGroup, CancellationToken stop)
    {
        List<RolloutGroup<TCondition, float>> groups = [];
        Task<List<RewardTable>> scoring = Task.FromResult(new List<RewardTable>());
        try
        {
            for (int i = 0; i < conditions.Count; i++)
            {
                int local = i;
                SdeWindow window = _options.Window.At(iteration, firstGroup + i, _options.Steps, _options.Seed);
                RolloutPlan plan = RolloutPlan.Create(_schedule, _options.Noise, window, _options.Flash);
                RolloutGroup<TCondition, float> group = _sampler.Draw(
                    conditions[i], plan, iteration, firstGroup + i, step => _parts.Observer?.Stepped(local, step, plan.Steps.Length), stop);
                groups.Add(group);
                _parts.Observer?.Drawn(group, groups.Count, conditions.Count);
                if (_options.OverlapScoring) scoring = ScoreAfter(scoring, group, stop);
                if (scoring.IsFaulted) await scoring;             // no need to draw the rest
            }
        }
        catch
        {
            await Task.WhenAny(scoring);                          // nobody scores on behind the back of a run that has ended
            throw;
        }

        return (groups, scoring);
    }

    // Groups are scored one after the other, each as soon as it is drawn, on a thread of their own.
    private Task<List<RewardTable>> ScoreAfter(Task<List<RewardTable>> before, RolloutGroup<TCondition, float> group, CancellationToken stop) => Task.Run(async () =>
    {
        List<RewardTable> tables = await before;
        tables.Add(await ScoreAsync(group, stop));
        return tables;
    }, CancellationToken.None);                                   // each waits for the one before, also when asked to stop

    private async Task<RewardTable> ScoreAsync(RolloutGroup<TCondition, float> group, CancellationToken stop)
    {
        RewardTable table = await _parts.Scorer.ScoreAsync(group, stop);
        return table.GroupCount == 1 && table.MemberCount(0) == group.Members.Count
            ? table
            : throw new InvalidOperationException($"The scorer returned {table.GroupCount} groups for group {group.Index}; expected 1 with {group.Members.Count} members.");
    }

    // Groups are numbered over all ranks, rank by rank, so that two ranks draw what one would.
    private int FirstGroup(int count)
    {
        if (count == 0) throw new InvalidOperationException($"{_parts.Data.GetType().Name} gave no condition.");
        double[][] counts = _ranks.Gather([count]);
        return Array.TrueForAll(counts, c => c[0] == count)
            ? _ranks.Rank * count
            : throw new InvalidOperationException($"Ranks got different numbers of conditions: {string.Join(", ", counts.Select(c => c[0]))}.");
    }

    // All ranks act alike: the most drastic verdict counts, with the smallest learning rate.
    private TrainingDecision Judge(IterationReport report, TrainerState state)
    {
        if (_parts.Guard is null) return TrainingDecision.Continue;
        TrainingDecision own = _parts.Guard.Judge(report, state);
        double[] all = _ranks.Max([(double)own.Action, own.Action == TrainingAction.RollBack ? -own.LearningRateFactor : -1]);
        TrainingAction action = (TrainingAction)(int)all[0];
        return new TrainingDecision(action, own.Action == action ? own.Reason : "another rank asked for it", -all[1]);
    }

    private TrainerState RollBack(TrainerState state, TrainingDecision decision)
    {
        TrainerState before = Restore()
            ?? throw new InvalidOperationException($"There is no checkpoint to go back to ({decision.Reason}).");
        before = before with { LearningRateFactor = state.LearningRateFactor * decision.LearningRateFactor, RollBacks = state.RollBacks + 1 };
        _parts.Log?.ResumeAt(before.Iteration);
        _parts.Observer?.RolledBack(state, before, decision.Reason);
        return Save(before);                                       // a crash from here on resumes with the smaller rate
    }

    private void Updated(int update)
    {
        _weightsMoved = true;
        if (_options.Ema is EmaOptions ema && ema.MovesAfter(update)) ((IAveragedWeights)_parts.Optimizer).MoveAverage(ema.DecayAt(update));
    }

    // All ranks have read their checkpoint, and the same one, before any goes on to write.
    private TrainerState? Restore()
    {
        TrainerState? restored = _parts.Checkpoints?.Restore(_parts.Optimizer, _options);
        double[][] iterations = _ranks.Gather([restored?.Iteration ?? 0]);
        return Array.TrueForAll(iterations, i => i[0] == iterations[0][0])
            ? restored
            : throw new InvalidOperationException($"Ranks restored different iterations: {string.Join(", ", iterations.Select(i => i[0]))}.");
    }

    private TrainerState Save(TrainerState state)
    {
        _parts.Checkpoints?.Save(state, _parts.Optimizer, _options);
        return state;
    }

    private static double Seconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalSeconds;

    private static IterationReport Report(
        int iteration, List<RolloutGroup<TCondition, float>> groups, Advantages advantages, IReadOnlyList<UpdateReport> updates, StageSeconds seconds) => new()
    {
        Iteration = iteration,
        Windows = [.. groups.Select(g => g.Plan.Window).Distinct()],
        Rollouts = groups.Sum(g => g.Members.Count),
        LeftOut = Enumerable.Range(0, groups.Count).Sum(g => Enumerable.Range(0, groups[g].Members.Count).Count(i => !advantages.IsCounted(g, i))),
        Rewards = advantages.Rewards,
        TiedGroupShare = advantages.TiedGroupShare,
        Updates = updates,
        Network = new NetworkWork(groups.Sum(g => g.NetworkEvaluations), updates.Sum(u => u.TrainedStates), updates.Sum(u => u.ReferenceEvaluations)),
        Seconds = seconds,
    };
}
