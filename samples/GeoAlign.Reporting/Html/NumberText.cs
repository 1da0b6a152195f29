using System.Globalization;

namespace GeoAlign.Reporting.Html;

/// <summary>Numbers as people read them: a true minus sign, no exponent where a plain number will do.</summary>
internal static class NumberText
{
    /// <summary>What stands for a value that is missing.</summary>
    public const string Missing = "n/a";

    /// <summary>A value in a .NET format; "n/a" where there is none.</summary>
    public static string Of(double? value, string format) =>
        value is { } number && double.IsFinite(number) ? Signed(number.ToString(format, CultureInfo.InvariantCulture)) : Missing;

    /// <summary>A format that gives the largest of the values three significant digits and the others as many decimals.</summary>
    public static string FormatFor(IEnumerable<double?> values)
    {
        double[] present = [.. values.OfType<double>().Where(double.IsFinite)];
        if (present.Length == 0 || present.All(v => v == Math.Floor(v) && Math.Abs(v) < 1e7)) return "0";

        double largest = present.Max(Math.Abs);
        int exponent = (int)Math.Floor(Math.Log10(largest));
        return exponent is < -4 or > 6 ? "0.##E+0" : exponent >= 2 ? "0.0" : "0." + new string('0', 2 - exponent);
    }

    /// <summary>A unit as it follows a number: after a space that does not break, but for degrees, which follow at once.</summary>
    public static string UnitAfterNumber(string unit) => unit.Length == 0 || unit[0] == '°' ? unit : "\u00a0" + unit;

    /// <summary>A relative change: "−55 %".</summary>
    public static string Percent(double change) => Signed((100 * change).ToString(Math.Abs(change) < 0.0995 ? "+0.0;-0.0;0" : "+0;-0;0", CultureInfo.InvariantCulture)) + " %";

    private static string Signed(string digits) => digits.Replace('-', '−');
}
