namespace GeoAlign.Reporting;

/// <summary>A curve. Values that are not finite are gaps, never zeros.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="X">Horizontal positions, increasing.</param>
/// <param name="Y">One value per position.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Lower edge of a band around the curve, one value per position, or null for none.</summary>
    public IReadOnlyList<double>? Lower { get; init; }

    /// <summary>Upper edge of that band.</summary>
    public IReadOnlyList<double>? Upper { get; init; }

    /// <summary>Colour of the curve.</summary>
    public SeriesColour Colour { get; init; }

    /// <summary>Whether the curve is dashed.</summary>
    public bool IsDashed { get; init; }

    /// <summary>A curve over iterations 1, 2, 3, …; null is a gap.</summary>
    public static ChartSeries OverIterations(string name, IEnumerable<double?> values)
    {
        double[] y = [.. values.Select(v => v ?? double.NaN)];
        return new(name, [.. Enumerable.Range(1, y.Length).Select(i => (double)i)], y);
    }

    /// <summary>The mean of several runs, with a band from the lowest to the highest run. A run without a value at a position is left out there.</summary>
    /// <param name="name">Name in the legend.</param>
    /// <param name="x">Positions of all runs.</param>
    /// <param name="runs">One list of values per run (seed), each as long as <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">No run, or one of another length.</exception>
    public static ChartSeries OverSeeds(string name, IReadOnlyList<double> x, IReadOnlyList<IReadOnlyList<double>> runs)
    {
        if (runs.Count == 0) throw new ArgumentException($"The curve '{name}' has no run.", nameof(runs));
        foreach ((int index, IReadOnlyList<double> run) in runs.Index())
        {
            if (run.Count != x.Count) throw new ArgumentException($"Run {index} of the curve '{name}' has {run.Count} values for {x.Count} positions.", nameof(runs));
        }

        double[][] present = [.. Enumerable.Range(0, x.Count).Select(i => runs.Select(run => run[i]).Where(double.IsFinite).ToArray())];
        return new(name, x, [.. present.Select(p => p.Length == 0 ? double.NaN : p.Average())])
        {
            Lower = [.. present.Select(p => p.Length == 0 ? double.NaN : p.Min())],
            Upper = [.. present.Select(p => p.Length == 0 ? double.NaN : p.Max())],
        };
    }

    internal ChartSeries Validated(string chart)
    {
        Require(Y.Count == X.Count, $"{Y.Count} values for {X.Count} positions");
        Require(X.All(double.IsFinite), "a position that is not a finite number");
        for (int i = 1; i < X.Count; i++) Require(X[i] >= X[i - 1], $"position {i} ({X[i]}) before position {i - 1} ({X[i - 1]}), expected increasing ones");
        Require(Lower is null == Upper is null, "only one edge of a band");
        if (Lower is not null) Require(Lower.Count == X.Count && Upper!.Count == X.Count, $"a band of {Lower.Count} and {Upper!.Count} values for {X.Count} positions");
        return this;

        void Require(bool holds, string problem)
        {
            if (!holds) throw new ArgumentException($"The curve '{Name}' of the chart '{chart}' has {problem}.");
        }
    }
}
