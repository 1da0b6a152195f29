namespace GeoAlign.Evaluate;

/// <summary>What became of a case.</summary>
internal enum CaseStatus
{
    /// <summary>Its camera path was found and compared.</summary>
    Scored,

    /// <summary>It could not be scored; the reason says why.</summary>
    Failed,

    /// <summary>There is no video of it.</summary>
    Missing,

    /// <summary>It has no result yet: the evaluation is at work, or was stopped.</summary>
    Waiting,
}
