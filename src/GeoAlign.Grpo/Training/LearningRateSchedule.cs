namespace GeoAlign.Grpo;

/// <summary>A constant learning rate after a linear warm-up.</summary>
/// <param name="LearningRate">The constant rate.</param>
/// <param name="WarmUpUpdates">Updates W over which it rises from 0; 0 starts at the full rate.</param>
public readonly record struct LearningRateSchedule(double LearningRate, int WarmUpUpdates = 0)
{
    /// <summary>lr·min(1, t/W) for update t, counted from 0: with a warm-up the very first update has rate 0, as in torch's constant_with_warmup.</summary>
    public double At(int update) => WarmUpUpdates == 0 ? LearningRate : LearningRate * Math.Min(1, update / (double)WarmUpUpdates);
}
