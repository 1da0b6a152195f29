using System.Collections.Immutable;

namespace GeoAlign.Rewards;

/// <summary>Several rewards run over the rollouts of groups. A reward that throws leaves its scores missing, with the reason; the others go on.</summary>
public sealed class RewardPanel
{
    private readonly ImmutableArray<IReward> _rewards;

    /// <summary>Puts rewards together.</summary>
    /// <exception cref="ArgumentException">No reward, a reward without dimensions, or two dimensions of one name.</exception>
    public RewardPanel(params IEnumerable<IReward> rewards)
    {
        _rewards = [.. rewards];
        if (_rewards.IsEmpty) throw new ArgumentException("A panel needs at least one reward.", nameof(rewards));
        foreach (IReward reward in _rewards)
        {
            if (reward.Dimensions.IsDefaultOrEmpty) throw new ArgumentException($"{reward.GetType().Name} has no dimension.", nameof(rewards));
        }

        Dimensions = [.. _rewards.SelectMany(r => r.Dimensions)];
        string[] twice = [.. Dimensions.GroupBy(d => d.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key)];
        if (twice.Length > 0) throw new ArgumentException($"Two rewards share the dimension {string.Join(", ", twice)}; names must be unique.", nameof(rewards));
    }

    /// <summary>The dimensions of all rewards, in their order.</summary>
    public ImmutableArray<RewardDimension> Dimensions { get; }

    /// <summary>Scores groups of rollouts: reward after reward, group after group, so that one network at a time is at work.</summary>
    /// <param name="groups">At least one group; rollouts of one condition each, at least one.</param>
    /// <param name="cancellationToken">Stops the run; nothing is returned then.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public async ValueTask<PanelScores> ScoreAsync(IReadOnlyList<IReadOnlyList<VideoRollout>> groups, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0) throw new ArgumentException("No group of rollouts to score.", nameof(groups));
        for (int g = 0; g < groups.Count; g++)
            if (groups[g].Count == 0) throw new ArgumentException($"Group {g} has no rollout.", nameof(groups));

        var scores = ImmutableArray.CreateBuilder<ImmutableArray<ImmutableArray<RewardScore>>>(Dimensions.Length);
        var incidents = ImmutableArray.CreateBuilder<RewardIncident>();
        foreach (IReward reward in _rewards)
        {
            var byGroup = new GroupScores[groups.Count];
            for (int g = 0; g < groups.Count; g++)
                byGroup[g] = await ScoreGroupAsync(reward, groups[g], cancellationToken).ConfigureAwait(false);

            for (int d = 0; d < reward.Dimensions.Length; d++)
            {
                scores.Add([.. byGroup.Select(group => group.Members.Select(member => member[d]).ToImmutableArray())]);
                for (int g = 0; g < byGroup.Length; g++) AddIncidents(incidents, reward.Dimensions[d].Name, g, d, byGroup[g]);
            }
        }

        return new PanelScores(Dimensions, scores.MoveToImmutable(), incidents.ToImmutable());
    }

    private static async ValueTask<GroupScores> ScoreGroupAsync(IReward reward, IReadOnlyList<VideoRollout> group, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            IReadOnlyList<ImmutableArray<RewardScore>> members = await reward.ScoreAsync(group, cancellationToken).ConfigureAwait(false);
            if (members.Count != group.Count)
                return AllMissing(reward, group.Count, $"{reward.GetType().Name} scored {members.Count} rollouts, expected {group.Count}", null);
            for (int m = 0; m < members.Count; m++)
            {
                if (members[m].IsDefault || members[m].Length != reward.Dimensions.Length)
                    return AllMissing(reward, group.Count, $"{reward.GetType().Name} gave {(members[m].IsDefault ? 0 : members[m].Length)} scores for rollout {m}, expected {reward.Dimensions.Length}", null);
            }

            return new GroupScores(members, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a reward throws is data here: its scores are missing, and the exception is kept in the report.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return AllMissing(reward, group.Count, $"{exception.GetType().Name}: {exception.Message}", exception);
        }
    }

    private static GroupScores AllMissing(IReward reward, int rollouts, string reason, Exception? exception)
    {
        ImmutableArray<RewardScore> member = [.. Enumerable.Repeat(RewardScore.Missing(reason), reward.Dimensions.Length)];
        return new GroupScores([.. Enumerable.Repeat(member, rollouts)], exception);
    }

    private static void AddIncidents(ImmutableArray<RewardIncident>.Builder incidents, string name, int group, int dimension, GroupScores scores)
    {
        for (int m = 0; m < scores.Members.Count; m++)
        {
            RewardScore score = scores.Members[m][dimension];
            if (score.IsMissing) incidents.Add(new RewardIncident(name, group, m, true, score.Reason!, scores.Exception));
            else if (score.Warning is { } warning) incidents.Add(new RewardIncident(name, group, m, false, warning));
        }
    }

    private readonly record struct GroupScores(IReadOnlyList<ImmutableArray<RewardScore>> Members, Exception? Exception);
}
