using System.Collections.Immutable;

namespace GeoAlign.Rewards;

/// <summary>Scores of all rollouts of some groups in all dimensions of a panel. Immutable.</summary>
public sealed class PanelScores
{
    private readonly ImmutableArray<ImmutableArray<ImmutableArray<RewardScore>>> _scores;   // dimension, group, member

    internal PanelScores(
        ImmutableArray<RewardDimension> dimensions,
        ImmutableArray<double> weights,
        ImmutableArray<ImmutableArray<ImmutableArray<RewardScore>>> scores,
        ImmutableArray<RewardIncident> incidents,
        ImmutableArray<RewardCall> calls)
    {
        (Dimensions, Weights, _scores, Incidents, Calls) = (dimensions, weights, scores, incidents, calls);
        Statistics = [.. scores.Select(DimensionStatistics.Of)];
    }

    /// <summary>The dimensions, in the order of the panel's rewards.</summary>
    public ImmutableArray<RewardDimension> Dimensions { get; }

    /// <summary>λ of each dimension, in the order of <see cref="Dimensions"/>: for whoever combines advantages. Nothing here is multiplied by them.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>The scores of each dimension in numbers, in the order of <see cref="Dimensions"/>.</summary>
    public ImmutableArray<DimensionStatistics> Statistics { get; }

    /// <summary>How each call went, in the order of the rewards and their groups. Times differ from run to run; scores do not.</summary>
    public ImmutableArray<RewardCall> Calls { get; }

    /// <summary>Every missing score and every warning, in the order of dimension, group, member.</summary>
    public ImmutableArray<RewardIncident> Incidents { get; }

    /// <summary>Number of groups.</summary>
    public int GroupCount => _scores[0].Length;

    /// <summary>Number of rollouts in a group.</summary>
    public int GroupSize(int group) => _scores[0][group].Length;

    /// <summary>One score.</summary>
    public RewardScore this[int dimension, int group, int member] => _scores[dimension][group][member];

    /// <summary>Scores of one group in one dimension, in the order of its members.</summary>
    public ImmutableArray<RewardScore> Group(int dimension, int group) => _scores[dimension][group];

    /// <summary>Index of a dimension by its name.</summary>
    /// <exception cref="ArgumentException">There is no such dimension; the message lists those there are.</exception>
    public int DimensionIndex(string name)
    {
        for (int i = 0; i < Dimensions.Length; i++)
            if (Dimensions[i].Name == name) return i;
        throw new ArgumentException($"No reward dimension '{name}'; there are {string.Join(", ", Dimensions.Select(d => d.Name))}.", nameof(name));
    }
}
