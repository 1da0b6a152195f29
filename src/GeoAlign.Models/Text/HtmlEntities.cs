using System.Globalization;
using System.Net;
using System.Text;

namespace GeoAlign.Models;

/// <summary>Resolves character references such as <c>&amp;amp;</c> and <c>&amp;#233;</c> in a text, by the rules of HTML.</summary>
/// <remarks>
/// HTML Living Standard, section 13.2.5.72 and on: the semicolon is optional after a number and after the names of Latin-1 characters, of
/// which the longest that fits is taken. Names are those of HTML 4 and <c>apos</c>; those that only HTML 5 knows stay as they are.
/// </remarks>
internal static class HtmlEntities
{
    private const int LongestName = 32;
    private const char Latin1End = '\u00FF';

    // Windows-1252 between 0x80 and 0x9F; the five places it leaves open keep their number.
    private const string Windows1252 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>The text with every reference resolved once.</summary>
    public static string Decode(string text)
    {
        int next = text.IndexOf('&', StringComparison.Ordinal);
        if (next < 0) return text;
        StringBuilder decoded = new(text.Length);
        int copied = 0;
        for (; next >= 0; next = text.IndexOf('&', next))
        {
            string? character = Resolve(text.AsSpan(next + 1), out int length);
            if (character is not null)
            {
                decoded.Append(text, copied, next - copied).Append(character);
                copied = next + 1 + length;
            }

            next += 1 + length;
        }

        return decoded.Append(text, copied, text.Length - copied).ToString();
    }

    // What follows an ampersand, and how many characters of it belong to the reference; null and 0 if it is none.
    private static string? Resolve(ReadOnlySpan<char> rest, out int length) =>
        rest is ['#', ..] ? Number(rest, out length) : Name(rest, out length);

    private static string? Number(ReadOnlySpan<char> rest, out int length)
    {
        bool isHexadecimal = rest.Length > 1 && rest[1] is 'x' or 'X';
        int start = isHexadecimal ? 2 : 1, end = start;
        long value = 0;
        for (; end < rest.Length && (isHexadecimal ? char.IsAsciiHexDigit(rest[end]) : char.IsAsciiDigit(rest[end])); end++)
            value = Math.Min(value * (isHexadecimal ? 16 : 10) + Convert.ToInt32(rest[end].ToString(), 16), int.MaxValue);
        length = 0;
        if (end == start) return null;
        length = end < rest.Length && rest[end] == ';' ? end + 1 : end;
        return Character((int)value);
    }

    private static string Character(int value)
    {
        if (value is >= 0x80 and <= 0x9F) return Windows1252[value - 0x80].ToString();
        if (value == 0 || !Rune.IsValid(value)) return "\uFFFD";
        bool isUnwanted = value is < 0x20 and not ('\t' or '\n' or '\f' or '\r') or 0x7F or (>= 0xFDD0 and <= 0xFDEF)
            || (value & 0xFFFE) == 0xFFFE;
        return isUnwanted ? "" : char.ConvertFromUtf32(value);
    }

    private static string? Name(ReadOnlySpan<char> rest, out int length)
    {
        length = 0;
        int end = 0;
        while (end < rest.Length && end < LongestName && char.IsAsciiLetterOrDigit(rest[end])) end++;
        if (end < rest.Length && rest[end] == ';' && Named(rest[..end]) is string named)
        {
            length = end + 1;
            return named;
        }

        for (; end >= 2; end--)
        {
            if (Named(rest[..end]) is not [<= Latin1End] || rest[..end] is "apos") continue;
            length = end;
            return Named(rest[..end]);
        }

        return null;
    }

    private static string? Named(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty) return null;
        string reference = string.Create(CultureInfo.InvariantCulture, $"&{name};"), character = WebUtility.HtmlDecode(reference);
        return character == reference ? null : character;
    }
}
