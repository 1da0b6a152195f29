using System.Globalization;
using System.Text;

namespace GeoAlign.Models;

/// <summary>Cuts a text into the pieces inside which Qwen2's tokenizer merges: words with one sign before them, digits one by one, signs, blanks.</summary>
/// <remarks>
/// The language of the pattern in <see cref="ByteLevelBpeReader.Pattern"/>, walked by code point: .NET's own expressions see halves of the
/// characters beyond U+FFFF, which are no letters. Every character belongs to exactly one piece; each is looked at a bounded number of times.
/// </remarks>
internal ref struct ByteLevelPieces(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    private enum Kind
    {
        Letter,
        Number,
        LineEnd,
        Blank,
        Sign,
    }

    /// <summary>The piece that was reached.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    /// <summary>Goes on to the next piece.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        int length = Measure(_rest);
        Current = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    private static int Measure(ReadOnlySpan<char> text)
    {
        int contraction = Contraction(text);
        if (contraction > 0) return contraction;

        Kind first = KindAt(text, 0, out int width);
        if (first == Kind.Number) return width;
        if (first == Kind.Letter || first != Kind.LineEnd && width < text.Length && KindAt(text, width, out _) == Kind.Letter)
            return EndOfRun(text, width, Kind.Letter);

        int signs = text[0] == ' ' ? 1 : 0;
        if (signs == text.Length || KindAt(text, signs, out _) != Kind.Sign) return Blanks(text);
        int end = EndOfRun(text, signs, Kind.Sign);
        while (end < text.Length && text[end] is '\r' or '\n') end++;
        return end;
    }

    // 's, 't, 'm, 'd, 're, 've, 'll in either case; U+017F, the long s, is an s in another case.
    private static int Contraction(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '\'') return 0;
        char second = char.ToLowerInvariant(text[1]), third = text.Length > 2 ? char.ToLowerInvariant(text[2]) : '\0';
        return (second, third) switch
        {
            ('s' or '\u017F' or 't' or 'm' or 'd', _) => 2,
            ('r' or 'v', 'e') or ('l', 'l') => 3,
            _ => 0,
        };
    }

    // Up to the last line end of the run; without one, all but the blank that belongs to what follows.
    private static int Blanks(ReadOnlySpan<char> text)
    {
        int end = 0, afterLineEnd = 0;
        while (end < text.Length && char.IsWhiteSpace(text[end]))               // no blank lies beyond U+FFFF
        {
            if (text[end++] is '\r' or '\n') afterLineEnd = end;
        }

        if (afterLineEnd > 0) return afterLineEnd;
        return end == text.Length || end == 1 ? end : end - 1;
    }

    private static int EndOfRun(ReadOnlySpan<char> text, int start, Kind kind)
    {
        int end = start;
        while (end < text.Length && KindAt(text, end, out int width) == kind) end += width;
        return end;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int index, out int width)
    {
        _ = Rune.DecodeFromUtf16(text[index..], out Rune rune, out width);      // a lone surrogate reads as U+FFFD, a sign
        if (rune.Value is '\r' or '\n') return Kind.LineEnd;
        if (Rune.IsWhiteSpace(rune)) return Kind.Blank;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Number,
            _ => Kind.Sign,
        };
    }
}
