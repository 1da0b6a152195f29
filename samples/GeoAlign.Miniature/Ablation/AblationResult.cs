namespace GeoAlign.Miniature;

/// <summary>One run of an ablation.</summary>
/// <param name="Ablation">What was changed.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Before">The base.</param>
/// <param name="After">The tuned network.</param>
/// <param name="Evaluations">Forward passes per iteration, a backward pass counted as two.</param>
/// <param name="SecondsPerIteration">Median wall time of an iteration.</param>
internal sealed record AblationResult(
    Ablation Ablation, ulong Seed, JudgementSummary Before, JudgementSummary After, double Evaluations, double SecondsPerIteration);
