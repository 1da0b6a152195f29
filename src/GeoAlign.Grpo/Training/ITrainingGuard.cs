namespace GeoAlign.Grpo;

/// <summary>Watches a run and may end it or take it back. Asked after every iteration, before its checkpoint is written.</summary>
public interface ITrainingGuard
{
    /// <summary>Judges an iteration. With several processes the most drastic verdict of any of them counts for all.</summary>
    /// <param name="report">The iteration.</param>
    /// <param name="state">The run after it.</param>
    TrainingDecision Judge(IterationReport report, TrainerState state);
}
