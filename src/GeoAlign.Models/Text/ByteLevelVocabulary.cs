namespace GeoAlign.Models;

/// <summary>Tokens and merges of a byte-level pair encoding, checked: all 256 bytes have a token and every merge makes one.</summary>
internal sealed class ByteLevelVocabulary
{
    private readonly Dictionary<int, string> _texts;

    /// <summary>Joins tokens and merges.</summary>
    /// <param name="vocabularyPath">File of the tokens, for messages.</param>
    /// <param name="tokens">Text, in the printable form of bytes, → id; each id once.</param>
    /// <param name="mergesPath">File of the merges, for messages.</param>
    /// <param name="merges">Pairs in the order of their ranks, with their lines.</param>
    /// <exception cref="TokenizerFormatException">A byte has no token, or a merge uses or makes a token that is not there.</exception>
    public ByteLevelVocabulary(string vocabularyPath, Dictionary<string, int> tokens, string mergesPath, List<(string Left, string Right, int Line)> merges)
    {
        _texts = tokens.ToDictionary(t => t.Value, t => t.Key);
        HighestId = _texts.Keys.DefaultIfEmpty(-1).Max();
        for (int b = 0; b < ByteIds.Length; b++)
        {
            if (!tokens.TryGetValue(Printable((byte)b).ToString(), out ByteIds[b]))
                throw new TokenizerFormatException(vocabularyPath, $"no token '{Printable((byte)b)}' for the byte 0x{b:X2}, expected one for every byte");
        }

        Merges.EnsureCapacity(merges.Count);
        foreach ((string left, string right, int line) in merges)
        {
            if (!tokens.TryGetValue(left, out int a)) throw Unknown(left);
            if (!tokens.TryGetValue(right, out int b)) throw Unknown(right);
            if (!tokens.TryGetValue(left + right, out int merged)) throw Unknown(left + right);
            if (!Merges.TryAdd((a, b), new BytePairMerge(Merges.Count, merged)))
                throw new TokenizerFormatException(mergesPath, $"line {line}: the merge '{left} {right}' stands there twice");

            TokenizerFormatException Unknown(string token) =>
                new(mergesPath, $"line {line}: the merge '{left} {right}' needs the token '{token}', which the vocabulary lacks");
        }
    }

    /// <summary>Ids of the 256 bytes.</summary>
    public int[] ByteIds { get; } = new int[256];

    /// <summary>What pairs of ids become.</summary>
    public Dictionary<(int Left, int Right), BytePairMerge> Merges { get; } = [];

    /// <summary>The highest id.</summary>
    public int HighestId { get; }

    /// <summary>Text of a token in the printable form of bytes, or null.</summary>
    public string? TextOf(int id) => _texts.GetValueOrDefault(id);

    /// <summary>The character that stands for a byte in these files: itself where it prints, else U+0100 and on in the order of the bytes.</summary>
    /// <remarks>GPT-2's table: 33 to 126, 161 to 172 and 174 to 255 stand for themselves.</remarks>
    public static char Printable(byte value) => value switch
    {
        < 33 => (char)(256 + value),
        < 127 => (char)value,
        < 161 => (char)(256 + 33 + value - 127),
        173 => (char)(256 + 33 + 34),
        _ => (char)value,
    };
}
