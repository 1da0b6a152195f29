namespace GeoAlign.Grpo;

/// <summary>Everything worth knowing about one iteration on this rank.</summary>
public sealed record IterationReport
{
    /// <summary>Index of the iteration, from 0.</summary>
    public required int Iteration { get; init; }

    /// <summary>The stochastic windows used, without repetition.</summary>
    public required IReadOnlyList<SdeWindow> Windows { get; init; }

    /// <summary>Rollouts drawn.</summary>
    public required int Rollouts { get; init; }

    /// <summary>Rollouts that lack a reward and therefore took no part.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Mean, deviation, missing and ties of each reward.</summary>
    public required IReadOnlyList<RewardSummary> Rewards { get; init; }

    /// <summary>Share of groups in which no reward tells the members apart.</summary>
    public required double TiedGroupShare { get; init; }

    /// <summary>The optimiser updates.</summary>
    public required IReadOnlyList<UpdateReport> Updates { get; init; }

    /// <summary>How often the network ran.</summary>
    public required NetworkWork Network { get; init; }

    /// <summary>Where the time went.</summary>
    public required StageSeconds Seconds { get; init; }
}
