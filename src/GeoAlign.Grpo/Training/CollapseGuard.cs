namespace GeoAlign.Grpo;

/// <summary>
/// Acts when a reward falls well below its best: the usual end of a run whose steps are too large. Compares moving means, so that one unlucky iteration does nothing.
/// It starts to count anew when a run is resumed. Ours.
/// </summary>
/// <param name="dimension">The reward to watch.</param>
/// <param name="maxDrop">Largest fall of its moving mean below the best so far, in units of the reward.</param>
/// <param name="window">Iterations the mean runs over.</param>
/// <param name="rollBackFactor">Factor on the learning rate when rolling back; null stops the run instead.</param>
/// <param name="maxRollBacks">Roll-backs after which the run is stopped.</param>
public sealed class CollapseGuard(string dimension, double maxDrop, int window = 5, double? rollBackFactor = null, int maxRollBacks = 3) : ITrainingGuard
{
    private readonly double _maxDrop = maxDrop >= 0 ? maxDrop : throw new ArgumentOutOfRangeException(nameof(maxDrop), maxDrop, "Must be ≥ 0.");
    private readonly int _window = window >= 1 ? window : throw new ArgumentOutOfRangeException(nameof(window), window, "Must be ≥ 1.");
    private readonly double? _rollBackFactor = rollBackFactor is null or (> 0 and <= 1)
        ? rollBackFactor : throw new ArgumentOutOfRangeException(nameof(rollBackFactor), rollBackFactor, "Must be in (0, 1], or null to stop.");
    private readonly int _maxRollBacks = maxRollBacks >= 0 ? maxRollBacks : throw new ArgumentOutOfRangeException(nameof(maxRollBacks), maxRollBacks, "Must be ≥ 0.");
    private readonly Queue<double> _recent = new();
    private double _best = double.NegativeInfinity;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The run has no such reward.</exception>
    public TrainingDecision Judge(IterationReport report, TrainerState state)
    {
        RewardSummary reward = report.Rewards.FirstOrDefault(r => r.Dimension == dimension)
            ?? throw new InvalidOperationException($"The guard watches reward '{dimension}'; the run has {string.Join(", ", report.Rewards.Select(r => r.Dimension))}.");
        if (reward.Mean is not double mean) return TrainingDecision.Continue;
        _recent.Enqueue(mean);
        if (_recent.Count > _window) _recent.Dequeue();
        if (_recent.Count < _window) return TrainingDecision.Continue;

        double average = _recent.Average();
        _best = Math.Max(_best, average);
        if (!(average < _best - _maxDrop)) return TrainingDecision.Continue;
        string reason = $"reward '{dimension}' fell to {average:0.####} from {_best:0.####} (means over {_window} iterations)";
        _recent.Clear();
        return _rollBackFactor is double factor && state.RollBacks < _maxRollBacks ? TrainingDecision.RollBack(reason, factor) : TrainingDecision.Stop(reason);
    }
}
