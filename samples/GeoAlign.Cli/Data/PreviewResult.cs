using GeoAlign.Sampling;

namespace GeoAlign.Cli;

/// <summary>What a preview found.</summary>
/// <param name="Page">The page; null when none was asked for.</param>
/// <param name="Manifest">The manifest.</param>
/// <param name="Seed">Seed of the draws.</param>
/// <param name="Videos">Condition videos that there are.</param>
/// <param name="Paths">Target paths that there are.</param>
/// <param name="Conditions">Conditions drawn.</param>
/// <param name="Failures">Draws that gave none.</param>
/// <param name="Summary">Counts.</param>
/// <param name="Quarantine">The list of unreadable videos.</param>
internal sealed record PreviewResult(
    string? Page, string Manifest, long Seed, int Videos, int Paths, IReadOnlyList<PreviewedCondition> Conditions, IReadOnlyList<PreviewFailure> Failures,
    DrawSummary Summary, IReadOnlyList<QuarantineEntry> Quarantine);
