namespace GeoAlign.Grpo;

/// <summary>Sees a run from outside, for progress on screen, previews and curves. Called by the trainer between its stages; it must not change what it is shown.</summary>
/// <typeparam name="TCondition">What rollouts are conditioned on.</typeparam>
public interface ITrainingObserver<TCondition>
{
    /// <summary>The run begins or goes on.</summary>
    void Started(TrainerState state)
    {
    }

    /// <summary>A solver step of a group's rollouts is done.</summary>
    void Stepped(int group, int step, int steps)
    {
    }

    /// <summary>The rollouts of one group are drawn.</summary>
    void Drawn(RolloutGroup<TCondition, float> group, int done, int total)
    {
    }

    /// <summary>All groups of an iteration are scored.</summary>
    void Scored(IReadOnlyList<RolloutGroup<TCondition, float>> groups, RewardTable rewards, Advantages advantages)
    {
    }

    /// <summary>A backward pass of an update is done.</summary>
    void Backpropagated(int done, int total)
    {
    }

    /// <summary>An iteration is done.</summary>
    void Finished(IterationReport report)
    {
    }

    /// <summary>A guard ended the run.</summary>
    void Stopped(string reason)
    {
    }

    /// <summary>A guard took the run back to an earlier state.</summary>
    void RolledBack(TrainerState from, TrainerState to, string reason)
    {
    }
}
