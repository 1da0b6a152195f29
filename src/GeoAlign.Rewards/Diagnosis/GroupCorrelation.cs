namespace GeoAlign.Rewards;

/// <summary>How far a reward and a judge agree inside groups, where rollouts of one condition are compared with each other.</summary>
/// <param name="Dimension">Name of the reward's dimension.</param>
/// <param name="Value">Pooled correlation in [−1, 1]; null where there is nothing to correlate.</param>
/// <param name="Rollouts">Rollouts it was computed from.</param>
public sealed record GroupCorrelation(string Dimension, double? Value, int Rollouts)
{
    /// <summary>
    /// Correlation of the deviations from the group means, pooled over groups:
    /// <c>r = Σ_g Σ_i (x_gi − x̄_g)(y_gi − ȳ_g) / √(Σ(x_gi − x̄_g)² · Σ(y_gi − ȳ_g)²)</c>.
    /// </summary>
    /// <remarks>
    /// The pooled within-class correlation of multivariate statistics. Ours for rewards, because an advantage sees deviations from the group
    /// mean only: a reward may follow the judge perfectly from condition to condition and still be noise inside every group.
    /// </remarks>
    /// <param name="dimension">Name.</param>
    /// <param name="groups">Groups of pairs (reward, judge).</param>
    public static GroupCorrelation Of(string dimension, IEnumerable<IReadOnlyList<(double Reward, double Judge)>> groups)
    {
        double xx = 0, yy = 0, xy = 0;
        int count = 0;
        foreach (IReadOnlyList<(double Reward, double Judge)> group in groups)
        {
            if (group.Count < 2) continue;
            double meanX = group.Average(p => p.Reward), meanY = group.Average(p => p.Judge);
            foreach ((double x, double y) in group)
            {
                xx += (x - meanX) * (x - meanX);
                yy += (y - meanY) * (y - meanY);
                xy += (x - meanX) * (y - meanY);
            }

            count += group.Count;
        }

        double norm = Math.Sqrt(xx * yy);
        return new GroupCorrelation(dimension, norm > 0 ? Math.Clamp(xy / norm, -1, 1) : null, count);
    }
}
