using System.Globalization;

namespace GeoAlign.Cli;

/// <summary>Numbers as a terminal shows them: three significant digits, no exponent where a plain number will do.</summary>
internal static class Figures
{
    public static string Of(double value)
    {
        if (value == 0) return "0";
        double size = Math.Abs(value);
        if (size is < 1e-4 or >= 1e6) return value.ToString("0.##E+0", CultureInfo.InvariantCulture);
        int decimals = Math.Max(0, 2 - (int)Math.Floor(Math.Log10(size)));
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    public static string Of(double? value) => value is { } number ? Of(number) : "–";

    public static string Counted(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
