namespace GeoAlign.Grpo;

/// <summary>How far a run has come. With the weights, the optimiser's state and the settings it determines everything that follows.</summary>
/// <param name="Iteration">Iterations done; also the index of the next one.</param>
/// <param name="Updates">Optimiser updates made.</param>
/// <param name="LearningRateFactor">Factor on the learning rate, lowered by roll-backs.</param>
/// <param name="RollBacks">Times a guard took the run back.</param>
public sealed record TrainerState(int Iteration, int Updates, double LearningRateFactor = 1, int RollBacks = 0)
{
    /// <summary>Before the first iteration.</summary>
    public static TrainerState Initial { get; } = new(0, 0);
}
