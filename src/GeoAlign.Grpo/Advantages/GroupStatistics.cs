namespace GeoAlign.Grpo;

/// <summary>Mean and standard deviation of the rewards of a group.</summary>
/// <param name="Count">Number of rewards.</param>
/// <param name="Mean">Their mean; 0 for none.</param>
/// <param name="Std">Their standard deviation; 0 for fewer than two, and exactly 0 when the rewards agree to rounding.</param>
public readonly record struct GroupStatistics(int Count, double Mean, double Std)
{
    // Rounding of a mean leaves one ulp of spread in a constant group; anything under 1e-7 of the mean's size is that and not a difference.
    private const double RelativeTie = 1e-7;

    /// <summary>Whether the rewards say nothing about which member is better.</summary>
    public bool IsTied => Std == 0;

    /// <summary>Statistics of some rewards.</summary>
    /// <param name="values">Finite rewards.</param>
    /// <param name="population">Divide by n instead of n − 1.</param>
    public static GroupStatistics Of(ReadOnlySpan<double> values, bool population = false)
    {
        int n = values.Length;
        if (n == 0) return default;
        double sum = 0;
        foreach (double value in values) sum += value;
        double mean = sum / n;
        if (n == 1) return new GroupStatistics(1, values[0], 0);

        double squares = 0;
        foreach (double value in values) squares += (value - mean) * (value - mean);
        double std = Math.Sqrt(squares / (population ? n : n - 1));
        return new GroupStatistics(n, mean, std < RelativeTie * Math.Max(1, Math.Abs(mean)) ? 0 : std);
    }
}
