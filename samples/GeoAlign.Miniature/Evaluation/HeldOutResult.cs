namespace GeoAlign.Miniature;

/// <summary>What a network made of held-out cases.</summary>
/// <param name="Cases">The cases.</param>
/// <param name="Latents">Generated latents of each.</param>
/// <param name="Judgements">The judge's word on each.</param>
/// <param name="Summary">Means.</param>
internal sealed record HeldOutResult(
    IReadOnlyList<MiniatureCase> Cases, IReadOnlyList<float[]> Latents, IReadOnlyList<ClipJudgement> Judgements, JudgementSummary Summary);
