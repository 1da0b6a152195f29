namespace GeoAlign.Rewards;

/// <summary>What the length of a network's translations means.</summary>
public enum TranslationScale
{
    /// <summary>Metres.</summary>
    Metric,

    /// <summary>Metres after multiplication by the output "metric_scaling_factor".</summary>
    Factored,

    /// <summary>Nothing: only ratios within one video do.</summary>
    Relative,
}
