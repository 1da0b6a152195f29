using System.Collections.Immutable;

namespace GeoAlign.Rewards;

/// <summary>Several rewards run over the rollouts of groups. A reward that throws or hangs leaves its scores missing, with the reason; the others go on.</summary>
/// <remarks>
/// Scores do not depend on which reward ends first. A reward gets one group at a time. Rewards wait while the device has no room for them
/// (<see cref="PanelOptions"/>). A reward that neither answers nor stops within its timeout is left alone: its scores are missing until it has
/// ended, and its memory counts as free again, which the panel cannot check.
/// </remarks>
public sealed class RewardPanel
{
    private readonly ImmutableArray<EntryRunner> _runners;

    /// <summary>Puts rewards together that run one after the other, each with weight 1, without timeouts and retries.</summary>
    /// <exception cref="ArgumentException">No reward, a reward without dimensions, or two dimensions of one name.</exception>
    public RewardPanel(params IEnumerable<IReward> rewards)
        : this([.. rewards.Select(reward => new PanelEntry(reward))], new PanelOptions())
    {
    }

    /// <summary>Puts rewards together.</summary>
    /// <param name="entries">The rewards, in the order of their dimensions.</param>
    /// <param name="options">How they share the machine.</param>
    /// <exception cref="ArgumentException">No reward, a bad setting, two dimensions of one name, or a reward that needs more memory than there is.</exception>
    public RewardPanel(IReadOnlyList<PanelEntry> entries, PanelOptions options)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(options);
        if (entries.Count == 0) throw new ArgumentException("A panel needs at least one reward.", nameof(entries));
        options.Validated();
        foreach (PanelEntry entry in entries)
        {
            if (entry.Validated().MemoryBytes > options.MemoryBudgetBytes)
                throw new ArgumentException($"{entry.Reward.GetType().Name} needs {entry.MemoryBytes} bytes, the budget is {options.MemoryBudgetBytes}.", nameof(entries));
        }

        Dimensions = [.. entries.SelectMany(e => e.Reward.Dimensions)];
        string[] twice = [.. Dimensions.GroupBy(d => d.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key)];
        if (twice.Length > 0) throw new ArgumentException($"Two rewards share the dimension {string.Join(", ", twice)}; names must be unique.", nameof(entries));
        Weights = [.. entries.SelectMany(e => e.Weights.IsDefaultOrEmpty ? Enumerable.Repeat(1.0, e.Reward.Dimensions.Length) : e.Weights)];

        DeviceGate gate = new(options);
        _runners = [.. entries.Select(entry => new EntryRunner(entry, options, gate))];
    }

    /// <summary>The dimensions of all rewards, in their order.</summary>
    public ImmutableArray<RewardDimension> Dimensions { get; }

    /// <summary>λ of each dimension, in the order of <see cref="Dimensions"/>.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>Scores groups of rollouts.</summary>
    /// <param name="groups">At least one group; rollouts of one condition each, at least one.</param>
    /// <param name="cancellationToken">Stops every reward; nothing is returned then. A reward that ignores it is not waited for, unless it blocks the calling thread
    /// of a panel without timeouts and concurrency.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public async ValueTask<PanelScores> ScoreAsync(IReadOnlyList<IReadOnlyList<VideoRollout>> groups, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0) throw new ArgumentException("No group of rollouts to score.", nameof(groups));
        for (int g = 0; g < groups.Count; g++)
            if (groups[g].Count == 0) throw new ArgumentException($"Group {g} has no rollout.", nameof(groups));

        GroupOutcome[][] outcomes = await Task.WhenAll(_runners.Select(runner => runner.RunAsync(groups, cancellationToken))).ConfigureAwait(false);

        var scores = ImmutableArray.CreateBuilder<ImmutableArray<ImmutableArray<RewardScore>>>(Dimensions.Length);
        var incidents = ImmutableArray.CreateBuilder<RewardIncident>();
        foreach ((EntryRunner runner, GroupOutcome[] byGroup) in _runners.Zip(outcomes))
        {
            for (int d = 0; d < runner.Entry.Reward.Dimensions.Length; d++)
            {
                scores.Add([.. byGroup.Select(group => group.Members.Select(member => member[d]).ToImmutableArray())]);
                for (int g = 0; g < byGroup.Length; g++) AddIncidents(incidents, runner.Entry.Reward.Dimensions[d].Name, g, d, byGroup[g]);
            }
        }

        return new PanelScores(Dimensions, Weights, scores.MoveToImmutable(), incidents.ToImmutable(), [.. outcomes.SelectMany(o => o).Select(o => o.Call)]);
    }

    private static void AddIncidents(ImmutableArray<RewardIncident>.Builder incidents, string name, int group, int dimension, GroupOutcome outcome)
    {
        for (int m = 0; m < outcome.Members.Count; m++)
        {
            RewardScore score = outcome.Members[m][dimension];
            if (score.IsMissing) incidents.Add(new RewardIncident(name, group, m, true, score.Reason!, outcome.Exception));
            else if (score.Warning is { } warning) incidents.Add(new RewardIncident(name, group, m, false, warning));
        }
    }
}
