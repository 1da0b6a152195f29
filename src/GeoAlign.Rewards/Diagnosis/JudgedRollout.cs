namespace GeoAlign.Rewards;

/// <summary>One rollout as the rewards and as a judge see it. The judge is anything that takes no part in training: another estimator, the truth.</summary>
public sealed record JudgedRollout
{
    /// <summary>Rewards by the name of their dimension; missing ones are left out.</summary>
    public required IReadOnlyDictionary<string, double> Rewards { get; init; }

    /// <summary>What the judge says of the same dimensions; larger is better, as for rewards. Dimensions it cannot judge are left out.</summary>
    public required IReadOnlyDictionary<string, double> Judged { get; init; }

    /// <summary>
    /// How far the generated camera moved as a multiple of what was asked, 1 = metric: the path-length ratio, or the projection on the target.
    /// One measure for all rollouts of a diagnosis. Null where it is not known or nothing was asked.
    /// </summary>
    public double? MetricScale { get; init; }
}
