namespace GeoAlign.Models;

/// <summary>Scores of frames to the score of a video.</summary>
internal static class FrameScores
{
    /// <summary>One score of several.</summary>
    /// <param name="scores">At least one.</param>
    /// <param name="aggregation">The rule.</param>
    /// <param name="share">For the mean of a share: of n scores, ⌈share·n⌉ count.</param>
    public static double Aggregate(ReadOnlySpan<double> scores, FrameAggregation aggregation, double share)
    {
        double[] sorted = scores.ToArray();
        Array.Sort(sorted);
        // Without the slack, a share of 0.1 would take 4 of 30 scores: 0.1·30 is a little more than 3 in binary.
        int count = Math.Clamp((int)Math.Ceiling(share * sorted.Length - 1e-9), 1, sorted.Length);
        return aggregation switch
        {
            FrameAggregation.Minimum => sorted[0],
            FrameAggregation.BestShare => sorted[^count..].Average(),
            FrameAggregation.WorstShare => sorted[..count].Average(),
            _ => sorted.Average(),
        };
    }
}
