namespace GeoAlign.Grpo;

/// <summary>DanceGRPO's selection: train only the best and the worst of many samples; their advantages stay as they were among all.</summary>
public static class BestOfN
{
    /// <summary>Indices of the ⌈n/2⌉ highest and ⌊n/2⌋ lowest scores: first the high ones, then the low ones, each ascending by score; ties in order of index.</summary>
    /// <param name="scores">Finite scores.</param>
    /// <param name="count">Samples to keep, at most all.</param>
    public static int[] Select(ReadOnlySpan<double> scores, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, scores.Length);
        double[] values = scores.ToArray();
        int[] ascending = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];       // stable
        return [.. ascending[^((count + 1) / 2)..], .. ascending[..(count / 2)]];
    }
}
