using System.Collections.Immutable;

namespace GeoAlign.Models;

/// <summary>The sixteen patterns kept, for the lone first frame and for groups of four frames.</summary>
/// <remarks>
/// Ours. Low luma frequencies and the block means of chroma come first by energy in two DAVIS clips (bear, breakdance-flare; 832×480
/// and 208×120); the scales are the root mean squares measured there, rounded. Chroma slopes are weak in those clips (0.08) but not in
/// saturated synthetic pictures; they are kept, with a scale between the two. Channels 0–11 mean the same in both lists, so the
/// first frame looks like the others to a network; the last four are time patterns where there is time, finer detail where there is none.
/// </remarks>
internal static class BlockDctBasis
{
    private static readonly BlockDctPattern[] Shared =
    [
        new(0, 0, 0, 0, 3.2), new(0, 0, 1, 0, 0.5), new(0, 1, 0, 0, 0.5), new(0, 0, 2, 0, 0.3), new(0, 1, 1, 0, 0.3), new(0, 2, 0, 0, 0.3),
        new(1, 0, 0, 0, 0.4), new(1, 0, 1, 0, 0.15), new(1, 1, 0, 0, 0.15),
        new(2, 0, 0, 0, 0.4), new(2, 0, 1, 0, 0.15), new(2, 1, 0, 0, 0.15),
    ];

    /// <summary>Patterns of latent frame 0, which covers one video frame.</summary>
    public static ImmutableArray<BlockDctPattern> SingleFrame { get; } =
        [.. Shared, new(0, 1, 2, 0, 0.2), new(0, 2, 1, 0, 0.2), new(0, 0, 3, 0, 0.2), new(0, 3, 0, 0, 0.2)];

    /// <summary>Patterns of every later latent frame, which covers four video frames.</summary>
    public static ImmutableArray<BlockDctPattern> FourFrames { get; } =
        [.. Shared, new(0, 0, 0, 1, 0.36), new(0, 0, 1, 1, 0.2), new(0, 1, 0, 1, 0.2), new(0, 0, 0, 2, 0.2)];
}
