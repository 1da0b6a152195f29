using GeoAlign.Grpo;

namespace GeoAlign.Miniature;

/// <summary>What a run has achieved.</summary>
/// <param name="Settings">Its settings.</param>
/// <param name="Before">The base on the held-out cases.</param>
/// <param name="After">The tuned network on the same cases with the same noise.</param>
/// <param name="SecondBefore">The second judge, a network, on the base's videos.</param>
/// <param name="SecondAfter">The second judge on the tuned network's.</param>
/// <param name="Looks">Judgements of other held-out cases during the run; the first is the base.</param>
/// <param name="Reports">Every iteration.</param>
internal sealed record AlignmentOutcome(
    AlignmentSettings Settings, HeldOutResult Before, HeldOutResult After, JudgementSummary SecondBefore, JudgementSummary SecondAfter,
    IReadOnlyList<Look> Looks, IReadOnlyList<IterationReport> Reports);
