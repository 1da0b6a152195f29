namespace GeoAlign.Rewards;

/// <summary>One rollout as the rewards and as a judge see it. The judge is anything that takes no part in training: another estimator, the truth.</summary>
public sealed record JudgedRollout
{
    /// <summary>Rewards by the name of their dimension; missing ones are left out.</summary>
    public required IReadOnlyDictionary<string, double> Rewards { get; init; }

    /// <summary>What the judge says of the same dimensions; larger is better, as for rewards. Dimensions it cannot judge are left out.</summary>
    public required IReadOnlyDictionary<string, double> Judged { get; init; }

    /// <summary>Length of the generated path as a multiple of the target's, 1 = metric; null where it is not known.</summary>
    public double? MetricScale { get; init; }
}
