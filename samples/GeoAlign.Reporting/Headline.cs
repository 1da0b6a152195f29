namespace GeoAlign.Reporting;

/// <summary>A headline figure: "metric TransErr 0.183 m → 0.083 m, −55 %".</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Before">Value before training, or null for a figure without one.</param>
/// <param name="After">Value now; NaN or null where it could not be measured, which the page says.</param>
/// <param name="Unit">Unit of both, such as "m", or empty.</param>
/// <param name="Better">Which way is better; it colours the change.</param>
public sealed record Headline(string Name, double? Before, double? After, string Unit, Better Better)
{
    /// <summary>A figure without a value before: a count, a time.</summary>
    public Headline(string name, double? value, string unit)
        : this(name, null, value, unit, Better.Neither)
    {
    }

    /// <summary>.NET format of both values, such as "0.000"; null for three significant digits of the larger one.</summary>
    public string? Format { get; init; }

    /// <summary>Small print: number of cases, spread over seeds.</summary>
    public string Note { get; init; } = "";

    /// <summary>(After − Before) / |Before|, or null where one is missing or Before is 0.</summary>
    public double? RelativeChange =>
        Before is { } before && After is { } after && double.IsFinite(before) && double.IsFinite(after) && before != 0
            ? (after - before) / Math.Abs(before)
            : null;

    /// <summary>Whether After is better than Before; null where neither can be said.</summary>
    internal bool? IsBetter
    {
        get
        {
            if (Before is not { } before || After is not { } after || !double.IsFinite(before) || !double.IsFinite(after)) return null;
            double gain = Better switch
            {
                Better.Lower => before - after,
                Better.Higher => after - before,
                Better.NearestToOne => Math.Abs(before - 1) - Math.Abs(after - 1),
                _ => 0,
            };
            return gain == 0 ? null : gain > 0;
        }
    }
}
