using GeoAlign.Grpo;

namespace GeoAlign.Miniature;

/// <summary>Told how a run goes.</summary>
internal abstract class AlignmentObserver
{
    /// <summary>Held-out cases were judged after so many iterations.</summary>
    public abstract void Judged(int iterations, JudgementSummary summary, bool isFinal);

    /// <summary>An iteration is done.</summary>
    public abstract void Finished(IterationReport report);
}
