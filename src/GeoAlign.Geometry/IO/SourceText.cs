using System.Globalization;
using System.Text;

namespace GeoAlign.Geometry;

/// <summary>What the readers share about UTF-8 text: the byte order mark, line numbers, numbers, and excerpts for messages.</summary>
internal static class SourceText
{
    private const int ExcerptBytes = 40;

    /// <summary>The text without a UTF-8 byte order mark.</summary>
    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> utf8) =>
        utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    /// <summary>Line number, from 1, of the byte at an offset.</summary>
    public static int LineAt(ReadOnlySpan<byte> utf8, long offset) =>
        1 + utf8[..(int)Math.Min(offset, utf8.Length)].Count((byte)'\n');

    /// <summary>The beginning of a piece of text on one line, in quotes, for a message.</summary>
    public static string Excerpt(ReadOnlySpan<byte> utf8)
    {
        string text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, ExcerptBytes)]);
        StringBuilder shown = new("'");
        foreach (char c in text) shown.Append(char.IsControl(c) ? '�' : c);
        return shown.Append(utf8.Length > ExcerptBytes ? "…'" : "'").ToString();
    }

    /// <summary>Names for a message, the first ten of them.</summary>
    public static string Names(IEnumerable<string> names)
    {
        string[] first = [.. names.Take(11)];
        return first.Length < 11 ? string.Join(", ", first) : string.Join(", ", first[..10]) + ", …";
    }

    /// <summary>Reads one number in the invariant culture; NaN and infinities are read as such and left to the caller.</summary>
    public static bool TryParseNumber(ReadOnlySpan<byte> token, out double value)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(token, Style, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>What is wrong with a token that had to be a finite number; null when nothing is.</summary>
    public static string? ProblemOfNumber(ReadOnlySpan<byte> token, out double value)
    {
        if (!TryParseNumber(token, out value)) return $"{Excerpt(token)} is not a number";
        return double.IsFinite(value) ? null : $"{Excerpt(token)} is not finite";
    }
}
