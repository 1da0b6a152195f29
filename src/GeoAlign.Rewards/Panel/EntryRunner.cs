using System.Collections.Immutable;
using System.Globalization;

namespace GeoAlign.Rewards;

/// <summary>Runs one reward of a panel over groups: room on the device, timeout, retries, and a check of each answer.</summary>
internal sealed class EntryRunner(PanelEntry entry, PanelOptions options, DeviceGate gate)
{
    // A simple panel calls its rewards on the caller's thread; with timeouts or neighbours a reward that blocks must not hold up the panel.
    private readonly bool _onPool = entry.Timeout is not null || options.MaxConcurrency > 1;
    private readonly IReward _reward = entry.Reward;
    private volatile Task? _unfinished;                      // a call the panel no longer waits for

    public PanelEntry Entry => entry;

    /// <summary>Scores of each group, in order.</summary>
    public async Task<GroupOutcome[]> RunAsync(IReadOnlyList<IReadOnlyList<VideoRollout>> groups, CancellationToken cancellationToken)
    {
        GroupOutcome[] outcomes = new GroupOutcome[groups.Count];
        using IDisposable lease = await gate.EnterAsync(entry, cancellationToken).ConfigureAwait(false);
        if (_unfinished is { IsCompleted: false } earlier) await EndsInTime(earlier, options.StopGrace, cancellationToken).ConfigureAwait(false);
        for (int g = 0; g < outcomes.Length; g++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            outcomes[g] = await ScoreAsync(groups[g], g, cancellationToken).ConfigureAwait(false);
        }

        return outcomes;
    }

    private async Task<GroupOutcome> ScoreAsync(IReadOnlyList<VideoRollout> group, int index, CancellationToken cancellationToken)
    {
        long start = options.TimeProvider.GetTimestamp();
        List<string> failures = [];
        for (int attempt = 1; ; attempt++)
        {
            if (_unfinished is { IsCompleted: false })
                return Missing(attempt - 1, false, $"{_reward.GetType().Name} is still busy with a call that was given up", null);
            try
            {
                (bool answered, IReadOnlyList<ImmutableArray<RewardScore>>? members) = await CallAsync(group, cancellationToken).ConfigureAwait(false);
                if (!answered)
                {
                    string stopped = _unfinished is { IsCompleted: false } ? ", and does not stop" : "";
                    return Missing(attempt, true, string.Create(CultureInfo.InvariantCulture, $"{_reward.GetType().Name} gave no answer within {entry.Timeout!.Value.TotalSeconds:G6} s{stopped}"), null);
                }

                return Problem(members, group.Count) is { } problem ? Missing(attempt, false, problem, null) : new GroupOutcome(members!, null, Call(attempt, false));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // Whatever a reward throws is data here: its scores are missing, and the exception is kept in the report.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                string failure = $"{exception.GetType().Name}: {exception.Message}";
                failures.Add(failure);
                if (attempt >= entry.Retry.MaxAttempts || !entry.Retry.IsTransient(exception))
                    return Missing(attempt, false, attempt > 1 ? $"after {attempt} attempts: {failure}" : failure, exception);
            }

            await Task.Delay(entry.Retry.DelayAfter(attempt), options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        GroupOutcome Missing(int attempts, bool timedOut, string reason, Exception? exception)
        {
            ImmutableArray<RewardScore> member = [.. Enumerable.Repeat(RewardScore.Missing(reason), _reward.Dimensions.Length)];
            return new GroupOutcome([.. Enumerable.Repeat(member, group.Count)], exception, Call(attempts, timedOut));
        }

        RewardCall Call(int attempts, bool timedOut) =>
            new(string.Join(", ", _reward.Dimensions.Select(d => d.Name)), index, attempts, options.TimeProvider.GetElapsedTime(start), timedOut, [.. failures]);
    }

    // The answer, or false after the timeout. The reward's token is cancelled then, and by the caller's token.
    private async Task<(bool Answered, IReadOnlyList<ImmutableArray<RewardScore>>? Members)> CallAsync(IReadOnlyList<VideoRollout> group, CancellationToken cancellationToken)
    {
        CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<IReadOnlyList<ImmutableArray<RewardScore>>> call = _onPool ? Task.Run(Invoke, CancellationToken.None) : Invoke();
        _unfinished = call;
        _ = call.ContinueWith(
            static (ended, source) =>
            {
                _ = ended.Exception;                          // seen: nobody waits for a call that was given up
                ((CancellationTokenSource)source!).Dispose();
            },
            stop, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        if (await EndsInTime(call, entry.Timeout ?? Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))
            return (true, await call.ConfigureAwait(false));

        _ = CancelQuietly(stop);                              // not awaited: a reward's own callback may hang
        await EndsInTime(call, options.StopGrace, cancellationToken).ConfigureAwait(false);
        return (false, null);

        async Task<IReadOnlyList<ImmutableArray<RewardScore>>> Invoke() => await _reward.ScoreAsync(group, stop.Token).ConfigureAwait(false);
    }

    private async Task<bool> EndsInTime(Task task, TimeSpan time, CancellationToken cancellationToken)
    {
        if (task.IsCompleted) return true;
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task limit = Task.Delay(time, options.TimeProvider, done.Token);
        bool ended = await Task.WhenAny(task, limit).ConfigureAwait(false) == task;
        if (!ended) cancellationToken.ThrowIfCancellationRequested();
        await done.CancelAsync().ConfigureAwait(false);
        return ended;
    }

    private static async Task CancelQuietly(CancellationTokenSource stop)
    {
        try
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is ObjectDisposedException or AggregateException)
        {
            // The call ended at this very moment, or its own callback threw: its scores are missing already, with the reason.
        }
    }

    private string? Problem(IReadOnlyList<ImmutableArray<RewardScore>>? members, int rollouts)
    {
        string name = _reward.GetType().Name;
        if (members is null) return $"{name} gave no list of scores";
        if (members.Count != rollouts) return $"{name} scored {members.Count} rollouts, expected {rollouts}";
        for (int m = 0; m < members.Count; m++)
        {
            int scores = members[m].IsDefault ? 0 : members[m].Length;
            if (scores != _reward.Dimensions.Length) return $"{name} gave {scores} scores for rollout {m}, expected {_reward.Dimensions.Length}";
        }

        return null;
    }
}
