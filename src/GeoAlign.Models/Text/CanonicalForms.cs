using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Unicode's canonical decompositions, combining classes and compositions, Hangul among them.</summary>
/// <remarks>
/// The Unicode Standard, chapter 3: sections 3.11 (normalisation forms) and 3.12 (Hangul syllables). The table is part of the assembly,
/// because <see cref="string.Normalize()"/> leaves a text as it is where a program runs without culture data.
/// </remarks>
internal sealed class CanonicalForms
{
    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28, Syllables = Leads * Vowels * Tails;

    private readonly Dictionary<int, (int First, int Second)> _decompositions = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];
    private readonly Dictionary<int, byte> _classes = [];

    private CanonicalForms()
    {
        using Stream table = typeof(CanonicalForms).Assembly.GetManifestResourceStream("GeoAlign.Models.Text.CanonicalForms.txt")!;
        using StreamReader lines = new(table);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            string[] words = line.Split(' ');
            if (words[1] == "@") AddClasses(words[0], byte.Parse(words[2], CultureInfo.InvariantCulture));
            else AddDecomposition(Point(words[0]), Point(words[2]), words.Length > 3 ? Point(words[3]) : 0, words[1] == "=");
        }
    }

    /// <summary>The tables, read at first use.</summary>
    public static CanonicalForms Instance { get; } = new();

    /// <summary>Canonical combining class: 0 for a character that starts a cluster.</summary>
    public byte ClassOf(int codePoint) => codePoint < 0x300 ? (byte)0 : _classes.GetValueOrDefault(codePoint);

    /// <summary>Appends the full canonical decomposition of a character, not yet put in order.</summary>
    public void Decompose(int codePoint, List<int> result)
    {
        int syllable = codePoint - HangulBase;
        if (codePoint < 0xC0)
        {
            result.Add(codePoint);
        }
        else if ((uint)syllable < Syllables)
        {
            result.Add(LeadBase + syllable / (Vowels * Tails));
            result.Add(VowelBase + syllable / Tails % Vowels);
            if (syllable % Tails != 0) result.Add(TailBase + syllable % Tails);
        }
        else if (_decompositions.TryGetValue(codePoint, out var parts))
        {
            Decompose(parts.First, result);
            if (parts.Second != 0) result.Add(parts.Second);            // a second part never decomposes further
        }
        else
        {
            result.Add(codePoint);
        }
    }

    /// <summary>The character that two others make together, or 0.</summary>
    public int Compose(int first, int second)
    {
        int lead = first - LeadBase, vowel = second - VowelBase, syllable = first - HangulBase, tail = second - TailBase;
        if ((uint)lead < Leads && (uint)vowel < Vowels) return HangulBase + (lead * Vowels + vowel) * Tails;
        if ((uint)syllable < Syllables && syllable % Tails == 0 && tail is > 0 and < Tails) return first + tail;
        return _compositions.GetValueOrDefault((first, second));
    }

    private void AddClasses(string range, byte combiningClass)
    {
        string[] ends = range.Split("..");
        for (int point = Point(ends[0]); point <= Point(ends[1]); point++) _classes.Add(point, combiningClass);
    }

    private void AddDecomposition(int point, int first, int second, bool composes)
    {
        _decompositions.Add(point, (first, second));
        if (composes) _compositions.Add((first, second), point);
    }

    private static int Point(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
