using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>Which cases of a report are shown with videos.</summary>
internal static class CaseChoice
{
    /// <summary>The worst cases, worst first, and the best of the others, best first, by the mean of an error over the methods that have it.</summary>
    /// <param name="results">Results of all methods.</param>
    /// <param name="metric">An error: larger is worse.</param>
    /// <param name="count">Most cases of each kind.</param>
    public static (IReadOnlyList<RetakeName> Worst, IReadOnlyList<RetakeName> Best) WorstAndBest(IReadOnlyList<CaseResult> results, string metric, int count)
    {
        RetakeName[] ranked =
        [
            .. results.Where(r => r.Scores[metric] is not null).GroupBy(r => r.Name)
                .OrderByDescending(g => g.Average(r => r.Scores[metric]!.Value)).Select(g => g.Key),
        ];
        return (ranked[..Math.Min(count, ranked.Length)], [.. ranked.Skip(count).TakeLast(count).Reverse()]);
    }
}
