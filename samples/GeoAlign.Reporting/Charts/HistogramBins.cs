namespace GeoAlign.Reporting;

/// <summary>A histogram's bins: edges shared by all distributions, and the counts.</summary>
/// <param name="Edges">BinCount + 1 increasing values, or none where there is nothing to show.</param>
/// <param name="Series">One per distribution.</param>
internal sealed record HistogramBins(double[] Edges, IReadOnlyList<BinnedValues> Series)
{
    /// <summary>Counts values. Bins hold their lower edge; the last one holds both.</summary>
    public static HistogramBins Of(Histogram histogram)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(histogram.BinCount, 1);
        double[] edges = MakeEdges(histogram);
        return new(edges, [.. histogram.Series.Select(s => Count(s.Values, edges))]);
    }

    private static double[] MakeEdges(Histogram histogram)
    {
        double[] shown = [.. histogram.Series.SelectMany(s => s.Values).Concat(histogram.Markers.Select(m => m.Value)).Where(v => double.IsFinite(v) && (!histogram.HasLogX || v > 0))];
        if (shown.Length == 0 && (histogram.Minimum is null || histogram.Maximum is null)) return [];

        double low = histogram.Minimum ?? shown.Min(), high = histogram.Maximum ?? shown.Max();
        if (histogram.HasLogX && !(low > 0)) throw new ArgumentException($"The histogram '{histogram.Title}' starts at {low}, a logarithmic axis starts above 0.", nameof(histogram));
        if (low == high && histogram.HasLogX) (low, high) = (low / 2, high * 2);
        else if (low == high) (low, high) = (low - 0.5 * Math.Max(1, Math.Abs(low)), high + 0.5 * Math.Max(1, Math.Abs(high)));
        if (!(low < high)) throw new ArgumentException($"The histogram '{histogram.Title}' runs from {low} to {high}, expected an increasing range.", nameof(histogram));

        double Edge(int i)
        {
            double t = (double)i / histogram.BinCount;
            return i == histogram.BinCount ? high : histogram.HasLogX ? low * Math.Pow(high / low, t) : low + t * (high - low);
        }

        return [.. Enumerable.Range(0, histogram.BinCount + 1).Select(Edge)];
    }

    private static BinnedValues Count(IReadOnlyList<double> values, double[] edges)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        int[] counts = new int[Math.Max(0, edges.Length - 1)];
        int below = 0, above = 0;
        foreach (double value in sorted)
        {
            int found = Array.BinarySearch(edges, value);
            int bin = found >= 0 ? found : ~found - 1;
            if (bin < 0) below++;
            else if (bin >= counts.Length && value > edges[^1]) above++;
            else counts[Math.Min(bin, counts.Length - 1)]++;
        }

        double median = sorted.Length == 0 ? double.NaN : 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
        return new(counts, below, above, values.Count - sorted.Length, median);
    }
}
