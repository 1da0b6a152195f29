using System.Globalization;
using System.Numerics;

namespace GeoAlign.Sampling;

/// <summary>Frames per second as an exact fraction, such as 30000/1001. <c>default</c> is no rate and is refused wherever one is needed.</summary>
public readonly record struct FrameRate
{
    /// <summary>Creates a rate, in lowest terms.</summary>
    /// <param name="numerator">Frames, above 0.</param>
    /// <param name="denominator">Seconds in which they are shown, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part is not above 0.</exception>
    public FrameRate(int numerator, int denominator = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numerator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        int divisor = (int)BigInteger.GreatestCommonDivisor(numerator, denominator);
        (Numerator, Denominator) = (numerator / divisor, denominator / divisor);
    }

    /// <summary>Upper part of the fraction.</summary>
    public int Numerator { get; }

    /// <summary>Lower part of the fraction.</summary>
    public int Denominator { get; }

    /// <summary>Whether this is a rate; false for <c>default</c>.</summary>
    public bool IsKnown => Numerator > 0;

    /// <summary>The rate as a number. Throws for <c>default</c>.</summary>
    public double FramesPerSecond => IsKnown ? (double)Numerator / Denominator : throw new InvalidOperationException("No frame rate was given.");

    /// <summary>Reads "30000/1001", "25" or "29.97".</summary>
    /// <exception cref="FormatException">Not a positive rate.</exception>
    public static FrameRate Parse(string text) => TryParse(text, out FrameRate rate)
        ? rate
        : throw new FormatException($"'{text}' is no frame rate; expected a positive number or fraction, such as 16, 23.976 or 30000/1001.");

    /// <summary>As <see cref="Parse"/>, with false instead of an exception.</summary>
    public static bool TryParse(string? text, out FrameRate rate)
    {
        rate = default;
        string[] parts = (text ?? "").Split('/');
        if (parts.Length > 2 || !TryParseDecimal(parts[0], out int numerator, out int denominator)) return false;
        if (parts.Length == 2)
        {
            if (denominator != 1 || !TryParseDecimal(parts[1], out denominator, out int scale) || scale != 1) return false;
        }

        if (numerator <= 0 || denominator <= 0) return false;
        rate = new(numerator, denominator);
        return true;
    }

    /// <summary>The rate of a video of which every <paramref name="stride"/>-th frame is kept.</summary>
    public FrameRate Every(int stride)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        int shared = (int)BigInteger.GreatestCommonDivisor(Numerator, stride);
        return new(Numerator / shared, checked(Denominator * (stride / shared)));
    }

    /// <summary>"30000/1001", or "25" for a whole number.</summary>
    public override string ToString() => Denominator == 1
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    // "29.97" → 2997 over 100.
    private static bool TryParseDecimal(string text, out int digits, out int scale)
    {
        (digits, scale) = (0, 1);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : text.Length - point - 1;
        if (decimals > 6) return false;
        for (int i = 0; i < decimals; i++) scale *= 10;
        string joined = point < 0 ? text : text.Remove(point, 1);
        return int.TryParse(joined, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out digits);
    }
}
