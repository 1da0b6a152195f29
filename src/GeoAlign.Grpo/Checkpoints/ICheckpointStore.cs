namespace GeoAlign.Grpo;

/// <summary>Where a run keeps its states. Resuming is the normal start: a run without a checkpoint starts at the beginning.</summary>
public interface ICheckpointStore
{
    /// <summary>Restores the newest valid checkpoint into the optimiser; null when there is none yet.</summary>
    TrainerState? Restore(IPolicyOptimizer optimizer, GrpoOptions options);

    /// <summary>Saves the state of a run.</summary>
    void Save(TrainerState state, IPolicyOptimizer optimizer, GrpoOptions options);
}
