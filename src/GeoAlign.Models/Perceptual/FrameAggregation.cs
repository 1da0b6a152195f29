namespace GeoAlign.Models;

/// <summary>How the scores of a video's frames become one.</summary>
public enum FrameAggregation
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The worst of them.</summary>
    Minimum,

    /// <summary>Mean of the best share.</summary>
    BestShare,

    /// <summary>Mean of the worst share.</summary>
    WorstShare,
}
