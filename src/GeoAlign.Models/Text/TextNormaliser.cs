using System.Buffers;

namespace GeoAlign.Models;

/// <summary>Rewrites a text as its SentencePiece file says before it is cut into pieces.</summary>
/// <remarks>SentencePiece's normaliser: replacements, then runs of blanks, blanks as U+2581 and a leading one, in a single pass.</remarks>
internal sealed class TextNormaliser
{
    private readonly SentencePieceModel _model;
    private readonly CharacterMap? _map;
    private readonly PieceTrie? _keptAsTheyAre;

    public TextNormaliser(SentencePieceModel model)
    {
        _model = model;
        _map = model.CharacterMap.IsEmpty ? null : CharacterMap.Parse(model.Path, model.CharacterMap.Span);
        int[] kept = [.. Enumerable.Range(0, model.Pieces.Count).Where(id => model.Pieces[id].Kind == PieceKind.UserDefined)];
        _keptAsTheyAre = kept.Length > 0 ? PieceTrie.Build(model, kept) : null;
    }

    private ReadOnlySpan<byte> Blank => _model.EscapeWhitespace ? "\u2581"u8 : " "u8;

    /// <summary>The rewritten text.</summary>
    /// <param name="text">UTF-8.</param>
    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> text)
    {
        bool collapse = _model.RemoveExtraWhitespace;
        if (collapse)
        {
            while (!text.IsEmpty && Next(text, out int read) is [(byte)' ']) text = text[read..];
        }

        if (text.IsEmpty) return default;
        ArrayBufferWriter<byte> output = new(text.Length + text.Length / 2 + 8);
        if (_model.AddDummyPrefix) output.Write(Blank);
        bool afterBlank = collapse;
        while (!text.IsEmpty)
        {
            ReadOnlySpan<byte> next = Next(text, out int read);
            text = text[read..];
            if (afterBlank) next = next.TrimStart((byte)' ');
            if (next.IsEmpty) continue;
            Append(output, next);
            afterBlank = collapse && next[^1] == ' ';
        }

        ReadOnlySpan<byte> normalised = output.WrittenSpan;
        while (collapse && normalised.EndsWith(Blank)) normalised = normalised[..^Blank.Length];
        return normalised;
    }

    /// <summary>Bytes of the UTF-8 character that starts with this one; 1 for a byte that starts none.</summary>
    public static int CharacterBytes(byte first) => first switch { < 0xC0 => 1, < 0xE0 => 2, < 0xF0 => 3, _ => 4 };

    // What the start of the text becomes: a piece that stays as it is, a replacement, or one character.
    private ReadOnlySpan<byte> Next(ReadOnlySpan<byte> text, out int read)
    {
        read = _keptAsTheyAre is null ? 0 : LongestKept(_keptAsTheyAre, text);
        if (read > 0) return text[..read];
        if (_map is not null)
        {
            ReadOnlySpan<byte> replacement = _map.Match(text, out read);
            if (read > 0) return replacement;
        }

        read = Math.Min(CharacterBytes(text[0]), text.Length);
        return text[..read];
    }

    private static int LongestKept(PieceTrie pieces, ReadOnlySpan<byte> text)
    {
        int longest = 0;
        for (int node = PieceTrie.Root, i = 0; i < text.Length && (node = pieces.Step(node, text[i])) != PieceTrie.None; i++)
        {
            if (pieces.PieceAt(node) != PieceTrie.None) longest = i + 1;
        }

        return longest;
    }

    private void Append(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        for (int blank; (blank = text.IndexOf((byte)' ')) >= 0; text = text[(blank + 1)..])
        {
            output.Write(text[..blank]);
            output.Write(Blank);
        }

        output.Write(text);
    }
}
