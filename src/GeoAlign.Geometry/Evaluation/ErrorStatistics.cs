namespace GeoAlign.Geometry;

/// <summary>Summary of a list of errors, in their unit.</summary>
/// <param name="Rmse">Square root of the mean square.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Median">Middle value; the mean of the two middle ones when their number is even.</param>
/// <param name="StandardDeviation">Of the population: divided by n, not by n − 1.</param>
/// <param name="Minimum">Smallest.</param>
/// <param name="Maximum">Largest.</param>
/// <param name="SumOfSquares">Sum of squared errors; unit squared.</param>
public readonly record struct ErrorStatistics(
    double Rmse, double Mean, double Median, double StandardDeviation, double Minimum, double Maximum, double SumOfSquares)
{
    /// <summary>Summarises at least one error.</summary>
    /// <exception cref="ArgumentException">No error, or one that is NaN.</exception>
    public static ErrorStatistics Of(ReadOnlySpan<double> errors)
    {
        if (errors.IsEmpty) throw new ArgumentException("No error to summarise.", nameof(errors));
        double[] sorted = errors.ToArray();
        Array.Sort(sorted);                                                              // NaN comes first
        if (double.IsNaN(sorted[0]))
            throw new ArgumentException("An error is NaN; leave missing values out before summarising.", nameof(errors));

        double sum = 0, squares = 0;
        foreach (double error in sorted)
        {
            sum += error;
            squares += error * error;
        }

        double mean = sum / sorted.Length, deviations = 0;
        foreach (double error in sorted) deviations += (error - mean) * (error - mean);
        double median = 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
        return new(Math.Sqrt(squares / sorted.Length), mean, median, Math.Sqrt(deviations / sorted.Length), sorted[0], sorted[^1], squares);
    }
}
