using System.Globalization;
using Xunit.Sdk;

namespace GeoAlign.Testing;

/// <summary>Element-wise comparison that reports the worst element, its index and both values.</summary>
public static class Near
{
    /// <summary>Fails unless |expected − actual| ≤ absolute + relative·|expected| for every element. NaN equals only NaN.</summary>
    public static void Equal(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double absolute, double relative = 0, string what = "values")
    {
        if (expected.Length != actual.Length)
            throw new XunitException($"{what}: {actual.Length} values, expected {expected.Length}.");

        int worst = -1;
        double worstExcess = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            if (double.IsNaN(expected[i]) && double.IsNaN(actual[i]) || expected[i] == actual[i]) continue;
            double excess = Math.Abs(expected[i] - actual[i]) / (absolute + relative * Math.Abs(expected[i]));
            if (double.IsNaN(excess)) excess = double.PositiveInfinity;
            if (excess > worstExcess) (worst, worstExcess) = (i, excess);
        }

        if (worstExcess > 1)
        {
            throw new XunitException(string.Create(CultureInfo.InvariantCulture,
                $"{what}: worst element [{worst}] is {actual[worst]:G17}, expected {expected[worst]:G17} (difference {actual[worst] - expected[worst]:G3}, {worstExcess:G3} times the tolerance {absolute:G3} + {relative:G3}·|expected|)."));
        }
    }

    /// <summary>As the double form, for float32 results.</summary>
    public static void Equal(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double absolute, double relative = 0, string what = "values")
    {
        double[] widened = new double[actual.Length];
        for (int i = 0; i < widened.Length; i++) widened[i] = actual[i];
        Equal(expected, (ReadOnlySpan<double>)widened, absolute, relative, what);
    }
}
