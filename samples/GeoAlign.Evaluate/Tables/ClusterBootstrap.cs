using System.Collections.Concurrent;
using GeoAlign.Randomness;

namespace GeoAlign.Evaluate;

/// <summary>
/// Confidence intervals of means by the percentile bootstrap (Efron, Tibshirani, "An Introduction to the Bootstrap", 1993, section 13.3), resampling
/// whole videos: cases of one video are alike, so they are drawn together.
/// </summary>
/// <remarks>
/// Draw j of resample b is a pure function of (seed, b, j) and of the number of videos: the same for every figure, group and method, so that
/// methods are compared on the same draws and a second evaluation gives the same digits.
/// </remarks>
/// <param name="seed">Seed of the draws.</param>
/// <param name="resamples">Number of resamples, at least 1.</param>
internal sealed class ClusterBootstrap(ulong seed, int resamples)
{
    private readonly ConcurrentDictionary<int, int[]> _draws = new();

    /// <summary>Number of resamples.</summary>
    public int Resamples { get; } = resamples >= 1 ? resamples : throw new ArgumentOutOfRangeException(nameof(resamples), resamples, "The bootstrap needs at least 1 resample.");

    /// <summary>The interval of the mean of all values; null for fewer than two clusters, which tell nothing about spread.</summary>
    /// <param name="clusters">The values of each video, each with at least one.</param>
    public Interval? OfMean(IReadOnlyList<IReadOnlyList<double>> clusters)
    {
        int count = clusters.Count;
        if (count < 2) return null;
        double[] sums = [.. clusters.Select(c => c.Sum())];
        int[] sizes = [.. clusters.Select(c => c.Count)];
        int[] draws = _draws.GetOrAdd(count, Draw);
        double[] means = new double[Resamples];
        for (int b = 0; b < means.Length; b++)
        {
            double sum = 0;
            int size = 0;
            foreach (int cluster in draws.AsSpan(b * count, count))
            {
                sum += sums[cluster];
                size += sizes[cluster];
            }

            means[b] = sum / size;
        }

        Array.Sort(means);
        return new(Quantile(means, 0.025), Quantile(means, 0.975));
    }

    private int[] Draw(int count)
    {
        int[] draws = new int[checked(Resamples * count)];
        for (int b = 0; b < Resamples; b++)
        {
            CounterRandom random = new(seed, RandomPurpose.Resampling, iteration: b);
            for (int j = 0; j < count; j++) draws[b * count + j] = random.Integer(count, (uint)j);
        }

        return draws;
    }

    // Linear between neighbours, the first value at 0 and the last at 1.
    private static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
