namespace GeoAlign.Grpo;

/// <summary>A guard's verdict on an iteration.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Reason">Why, in words for a log; empty to go on.</param>
/// <param name="LearningRateFactor">With a roll-back: factor on the learning rate from then on. The same numbers with the same rate would end in the same place.</param>
public readonly record struct TrainingDecision(TrainingAction Action, string Reason, double LearningRateFactor)
{
    /// <summary>Go on.</summary>
    public static TrainingDecision Continue { get; } = new(TrainingAction.Continue, "", 1);

    /// <summary>Save and end.</summary>
    public static TrainingDecision Stop(string reason) => new(TrainingAction.Stop, reason, 1);

    /// <summary>Take back everything since the newest checkpoint and go on with a smaller learning rate.</summary>
    public static TrainingDecision RollBack(string reason, double learningRateFactor) => learningRateFactor is > 0 and <= 1
        ? new(TrainingAction.RollBack, reason, learningRateFactor)
        : throw new ArgumentOutOfRangeException(nameof(learningRateFactor), learningRateFactor, "The factor must be in (0, 1].");
}
