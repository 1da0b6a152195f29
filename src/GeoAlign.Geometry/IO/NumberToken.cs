using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>One number of a text file, in the invariant culture.</summary>
internal static class NumberToken
{
    /// <summary>Larger numbers are refused: products and squares of those accepted stay finite.</summary>
    public const double LargestMagnitude = 1e100;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const int LongestMantissa = 18;                     // digits: 10¹⁸ < 2⁶⁰

    // 10⁰ … 10²², exact in double
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a number, correctly rounded; NaN and infinities are read as such and left to the caller.</summary>
    public static bool TryParse(ReadOnlySpan<byte> token, out double value) =>
        TryParsePlain(token, out value) || double.TryParse(token, Style, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a finite number.</summary>
    /// <returns>Null, or what is wrong with the token.</returns>
    public static string? ProblemOf(ReadOnlySpan<byte> token, out double value)
    {
        if (!TryParse(token, out value)) return $"{SourceText.Excerpt(token)} is not a number";
        return ProblemOf(value) is { } problem ? $"{SourceText.Excerpt(token)} {problem}" : null;
    }

    /// <summary>What is wrong with a value that had to be finite; null when nothing is.</summary>
    public static string? ProblemOf(double value)
    {
        if (!double.IsFinite(value)) return "is not finite";
        return Math.Abs(value) <= LargestMagnitude ? null : "is beyond 1e100";
    }

    /// <summary>Reads a whole number without sign.</summary>
    public static bool TryParseWhole(ReadOnlySpan<byte> token, out long value) =>
        long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>The common case, digits with a point, read faster than by the general parser; false leaves the token to that.</summary>
    private static bool TryParsePlain(ReadOnlySpan<byte> token, out double value)
    {
        value = 0;
        int i = 0, digits = 0, decimals = 0;
        bool negative = token.Length > 0 && token[0] == '-', point = false, any = false;
        if (negative) i++;
        ulong mantissa = 0;
        for (; i < token.Length; i++)
        {
            uint digit = token[i] - (uint)'0';
            if (digit <= 9)
            {
                any = true;
                mantissa = 10 * mantissa + digit;
                if (mantissa != 0 && ++digits > LongestMantissa) return false;
                if (point) decimals++;
            }
            else if (token[i] == '.' && !point) point = true;
            else return false;
        }

        if (!any || decimals >= PowersOfTen.Length) return false;
        if (!TryDivide(mantissa, PowersOfTen[decimals], out double magnitude)) return false;
        value = negative ? -magnitude : magnitude;
        return true;
    }

    /// <summary>
    /// The quotient, correctly rounded; false when it lies so near the middle of two doubles that this method cannot tell.
    /// </summary>
    /// <remarks>
    /// Up to 2⁵³ both operands are exact and one division rounds once (Clinger 1990). Above, the quotient of the leading part is
    /// corrected by its exact remainder (fused multiply-add) and the trailing part: the sum is known to 2⁻⁵⁰ of a last place.
    /// </remarks>
    private static bool TryDivide(ulong mantissa, double power, out double quotient)
    {
        double leading = mantissa;
        quotient = leading / power;
        if (mantissa <= 1UL << 53) return true;

        double trailing = (long)(mantissa - (ulong)leading);
        double first = quotient;
        double correction = (Math.FusedMultiplyAdd(-first, power, leading) + trailing) / power;
        quotient = first + correction;
        double rest = Math.Abs(first - quotient + correction);
        double halfLastPlace = 0.5 * (quotient - Math.BitDecrement(quotient));
        return rest < 0.999 * halfLastPlace;
    }
}
