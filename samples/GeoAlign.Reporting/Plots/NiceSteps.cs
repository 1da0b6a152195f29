namespace GeoAlign.Reporting;

/// <summary>Round distances between marks: 1, 2 or 5 times a power of ten.</summary>
internal static class NiceSteps
{
    /// <summary>The largest round distance that is at most this long.</summary>
    public static double AtMost(double length)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(length)));
        double share = length / power * (1 + 1e-12);
        return power * (share >= 5 ? 5 : share >= 2 ? 2 : 1);
    }

    /// <summary>The smallest round distance that is at least this long.</summary>
    public static double AtLeast(double length)
    {
        double below = AtMost(length);
        if (below >= length * (1 - 1e-12)) return below;
        double power = Math.Pow(10, Math.Floor(Math.Log10(below) + 1e-9));
        return below < 1.5 * power ? 2 * power : below < 3 * power ? 5 * power : 10 * power;
    }

    /// <summary>Whole multiples of a distance within [low, high].</summary>
    public static IEnumerable<double> Multiples(double step, double low, double high)
    {
        for (double k = Math.Ceiling(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) yield return k * step + 0.0;      // + 0.0: no minus zero
    }
}
