namespace GeoAlign.Grpo;

/// <summary>A learning rate that is constant after a linear warm-up, or falls along half a cosine.</summary>
/// <param name="LearningRate">The constant rate.</param>
/// <param name="WarmUpUpdates">Updates W over which it rises from 0; 0 starts at the full rate.</param>
/// <param name="TotalUpdates">Updates N of the whole run; used only where the rate falls.</param>
/// <param name="FinalShare">Share f of the rate that is left after N updates; 1 keeps it constant.</param>
public readonly record struct LearningRateSchedule(double LearningRate, int WarmUpUpdates = 0, int TotalUpdates = 0, double FinalShare = 1)
{
    /// <summary>
    /// lr·min(1, t/W)·(f + (1 − f)(1 + cos(π t/N))/2) for update t, counted from 0: with a warm-up the very first update has rate 0, as in
    /// torch's constant_with_warmup.
    /// </summary>
    public double At(int update)
    {
        double rate = WarmUpUpdates == 0 ? LearningRate : LearningRate * Math.Min(1, update / (double)WarmUpUpdates);
        if (FinalShare == 1) return rate;
        double done = update < TotalUpdates ? update / (double)TotalUpdates : 1;
        return rate * (FinalShare + (1 - FinalShare) * (1 + Math.Cos(Math.PI * done)) / 2);
    }
}
