namespace GeoAlign.Reporting;

/// <summary>Which way a figure improves.</summary>
public enum Better
{
    /// <summary>Neither way: a change is shown without praise or blame.</summary>
    Neither,

    /// <summary>Smaller is better: errors.</summary>
    Lower,

    /// <summary>Larger is better: rewards, quality.</summary>
    Higher,

    /// <summary>The nearer to 1 the better: scale ratios.</summary>
    NearestToOne,
}
