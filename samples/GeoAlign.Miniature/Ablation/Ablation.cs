namespace GeoAlign.Miniature;

/// <summary>A run with one thing changed.</summary>
/// <param name="Name">What is changed.</param>
/// <param name="Question">What it is to show.</param>
/// <param name="Change">The change of the settings.</param>
internal sealed record Ablation(string Name, string Question, Func<AlignmentSettings, AlignmentSettings> Change)
{
    /// <summary>All ablations; the first is the run as it is.</summary>
    public static IReadOnlyList<Ablation> All { get; } =
    [
        new("as it is", "the reference", s => s),
        new("uniform frame weights", "do late frames need more weight?", s => s with { LateWeighted = false }),
        new("scale-aligned translation reward", "does the drift remain without a metric reward?", s => s with { ScaleAligned = true }),
        new("no perceptual reward", "what keeps the pictures?", s => s with { PictureWeight = 0 }),
        new("all weights", "does self-attention suffice?", s => s with { Trained = TrainedPart.Everything }),
        new("no window", "is a window of stochastic steps enough?", s => s with { WindowLength = AlignmentSettings.Steps - 1, LastWindowStart = 0, TailRatio = 1 }),
        new("no sharing", "what does sharing save?", s => s with { Shared = false }),
    ];
}
