using System.Text;

namespace GeoAlign.Models;

/// <summary>Cleans a prompt the way Wan's text pipeline does before it is tokenised.</summary>
/// <remarks>
/// <para>
/// Simple repairs (straight quotes for curly ones, letters for ligatures, ordinary for full-width forms, no control characters), character
/// references of HTML resolved, outer blanks gone, every run of white space one blank. Wan2.1 <c>tokenizers.py</c>,
/// <c>whitespace_clean(basic_clean(text))</c>, whose repairs are ftfy's <c>fix_text</c>.
/// </para>
/// <para>
/// Of <c>fix_text</c> two parts are left out. Text that was decoded with the wrong encoding is not repaired. Canonical composition is left to
/// the character map of the tokenizer, which contains it: .NET composes only where a culture library is loaded, and a prompt must not
/// give other numbers in another process.
/// </para>
/// </remarks>
public static class PromptCleaning
{
    private const int FullWidthToAscii = 0xFF01 - '!';

    /// <summary>The cleaned prompt.</summary>
    public static string Clean(string prompt) =>
        CollapseWhiteSpace(HtmlEntities.Decode(HtmlEntities.Decode(Fix(prompt))));

    // fix_text resolves references itself, before its other repairs and until nothing changes, up to the first line that has a '<': what
    // follows may be markup. So a written-out curly quote becomes a straight one as the sign itself does.
    private static string Fix(string text)
    {
        int markup = text.IndexOf('<', StringComparison.Ordinal);
        int plain = markup < 0 ? text.Length : text[..markup].LastIndexOf('\n') + 1;
        return RepairPlain(text[..plain]) + Repair(text[plain..]);
    }

    private static string RepairPlain(string text)
    {
        for (string before = ""; text != before;)
        {
            before = text;
            text = Repair(HtmlEntities.Decode(text));
        }

        return text;
    }

    private static string Repair(string text)
    {
        StringBuilder repaired = new(text.Length);
        foreach (char c in text)
        {
            switch (c)
            {
                case '\u02BC' or (>= '\u2018' and <= '\u201B'): repaired.Append('\''); break;
                case >= '\u201C' and <= '\u201F': repaired.Append('"'); break;
                case >= '\uFF01' and <= '\uFF5E': repaired.Append((char)(c - FullWidthToAscii)); break;
                case '\u3000': repaired.Append(' '); break;
                default: AppendUnlessControl(repaired, c); break;
            }
        }

        return repaired.ToString();
    }

    private static void AppendUnlessControl(StringBuilder text, char c)
    {
        if (Letters(c) is string letters) text.Append(letters);
        else if (!IsControl(c)) text.Append(c);
    }

    // White space stays here: it becomes a blank later. U+206A to U+206F: deprecated formatting; U+FFF9 to U+FFFC: annotation marks.
    private static bool IsControl(char c) =>
        c is < ' ' and not ('\t' or '\n' or '\f' or '\r') or '\u007F' or (>= '\u206A' and <= '\u206F') or '\uFEFF'
            or (>= '\uFFF9' and <= '\uFFFC');

    private static string? Letters(char c) => c switch
    {
        '\u0132' => "IJ", '\u0133' => "ij", '\u0149' => "'n",
        '\u01C4' => "D\u017D", '\u01C5' => "D\u017E", '\u01C6' => "d\u017E",
        '\u01C7' => "LJ", '\u01C8' => "Lj", '\u01C9' => "lj", '\u01CA' => "NJ", '\u01CB' => "Nj", '\u01CC' => "nj",
        '\u01F1' => "DZ", '\u01F2' => "Dz", '\u01F3' => "dz",
        '\uFB00' => "ff", '\uFB01' => "fi", '\uFB02' => "fl", '\uFB03' => "ffi", '\uFB04' => "ffl", '\uFB05' => "\u017Ft", '\uFB06' => "st",
        _ => null,
    };

    private static string CollapseWhiteSpace(string text)
    {
        StringBuilder collapsed = new(text.Length);
        foreach (char c in text)
        {
            if (!char.IsWhiteSpace(c)) collapsed.Append(c);
            else if (collapsed.Length > 0 && collapsed[^1] != ' ') collapsed.Append(' ');
        }

        if (collapsed.Length > 0 && collapsed[^1] == ' ') collapsed.Length--;
        return collapsed.ToString();
    }
}
