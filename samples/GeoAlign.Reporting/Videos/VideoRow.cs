using GeoAlign.Sampling;

namespace GeoAlign.Reporting;

/// <summary>A case: videos that play in step.</summary>
/// <param name="Name">Name of the case.</param>
/// <param name="Clips">A clip per column, or null where there is none.</param>
public sealed record VideoRow(string Name, params IReadOnlyList<VideoClip?> Clips)
{
    /// <summary>A sentence about the case, or empty.</summary>
    public string Caption { get; init; } = "";

    /// <summary>A short text under each clip, such as its error; empty, or one per column.</summary>
    public IReadOnlyList<string> Figures { get; init; } = [];
}
