namespace GeoAlign.Miniature;

/// <summary>A look at held-out cases during a run.</summary>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Summary">What the judge says.</param>
internal sealed record Look(int Iteration, JudgementSummary Summary);
