namespace GeoAlign.Cli;

/// <summary>Steps of a path in one quantity.</summary>
/// <param name="Unit">m or units, or degrees, per frame or per second.</param>
/// <param name="Median">Median step.</param>
/// <param name="Maximum">Largest step.</param>
/// <param name="MaximumFrame">Frame that the largest step leads to.</param>
internal sealed record StepSpeeds(string Unit, double Median, double Maximum, int MaximumFrame)
{
    public static StepSpeeds Of(IReadOnlyList<double> steps, string unit)
    {
        double[] sorted = [.. steps.Order()];
        double median = 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
        int largest = Enumerable.Range(0, steps.Count).MaxBy(i => steps[i]);
        return new(unit, median, steps[largest], largest + 1);
    }
}
