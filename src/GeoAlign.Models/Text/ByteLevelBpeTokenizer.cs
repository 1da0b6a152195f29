using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace GeoAlign.Models;

/// <summary>Turns text into the ids of a byte-level pair encoding, as Qwen2's tokenizer does.</summary>
/// <remarks>
/// Special tokens are cut out of the text as they stand, the longest first; what lies between is brought to Unicode form C, cut into pieces,
/// written as UTF-8 and merged byte by byte. Nothing is added at the ends. Pair encoding: Sennrich et al. 2016 (arXiv 1508.07909); on
/// bytes: Radford et al. 2019 (GPT-2). Immutable: one tokenizer may be used by several threads.
/// </remarks>
public sealed class ByteLevelBpeTokenizer
{
    private readonly ByteLevelVocabulary _vocabulary;
    private readonly SearchValues<string> _search;
    private readonly Dictionary<char, string[]> _specialByFirst;

    internal ByteLevelBpeTokenizer(ByteLevelVocabulary vocabulary)
        : this(vocabulary, ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal))
    {
    }

    private ByteLevelBpeTokenizer(ByteLevelVocabulary vocabulary, ImmutableSortedDictionary<string, int> specialTokens)
    {
        _vocabulary = vocabulary;
        SpecialTokens = specialTokens;
        _search = SearchValues.Create([.. specialTokens.Keys], StringComparison.Ordinal);
        _specialByFirst = specialTokens.Keys.GroupBy(t => t[0]).ToDictionary(g => g.Key, g => g.OrderByDescending(t => t.Length).ToArray());
        TokenCount = Math.Max(vocabulary.HighestId, specialTokens.IsEmpty ? -1 : specialTokens.Values.Max()) + 1;
    }

    /// <summary>Number of ids, special tokens among them: every id is below it.</summary>
    public int TokenCount { get; }

    /// <summary>Special tokens: text and id.</summary>
    public IReadOnlyDictionary<string, int> SpecialTokens { get; }

    /// <summary>Reads the tokenizer of a model folder: <c>tokenizer.json</c>, or else <c>vocab.json</c>, <c>merges.txt</c> and one of <c>added_tokens.json</c>, <c>tokenizer_config.json</c>.</summary>
    /// <param name="folder">Folder of a published Qwen2 model.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message says which.</exception>
    /// <exception cref="TokenizerFormatException">A file is broken or of another kind of tokenizer.</exception>
    public static ByteLevelBpeTokenizer LoadFolder(string folder) => ByteLevelBpeReader.ReadFolder(folder);

    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    /// <exception cref="TokenizerFormatException">The file is broken or of another kind of tokenizer.</exception>
    public static ByteLevelBpeTokenizer Load(string path) => ByteLevelBpeReader.ReadTokenizerJson(path);

    /// <summary>Reads a <c>vocab.json</c> and a <c>merges.txt</c>.</summary>
    /// <param name="vocabularyPath">JSON: text of a token → id.</param>
    /// <param name="mergesPath">One merge "a b" per line, the first one first; a first line that starts with <c>#version</c> is skipped.</param>
    /// <param name="specialTokens">Text → id of the tokens that these files do not hold.</param>
    /// <exception cref="TokenizerFormatException">A file is broken.</exception>
    /// <exception cref="ArgumentException">A special token is empty or its id belongs to another token.</exception>
    public static ByteLevelBpeTokenizer Load(string vocabularyPath, string mergesPath, IReadOnlyDictionary<string, int> specialTokens) =>
        new ByteLevelBpeTokenizer(ByteLevelBpeReader.ReadVocabulary(vocabularyPath, mergesPath)).WithSpecialTokens(specialTokens);

    /// <summary>The same tokenizer with more special tokens of given ids.</summary>
    /// <exception cref="ArgumentException">A token is empty, its id is negative, or text or id belong to another token.</exception>
    public ByteLevelBpeTokenizer WithSpecialTokens(IReadOnlyDictionary<string, int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ImmutableSortedDictionary<string, int>.Builder all = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        all.AddRange(SpecialTokens);
        Dictionary<int, string> owners = SpecialTokens.ToDictionary(t => t.Value, t => t.Key);
        foreach ((string text, int id) in tokens)
        {
            if (text.Length == 0) throw new ArgumentException($"The special token of id {id} has no text.", nameof(tokens));
            if (id is < 0 or > ByteLevelBpeReader.HighestId) throw new ArgumentException($"The special token '{text}' has the id {id}, expected 0 to {ByteLevelBpeReader.HighestId}.", nameof(tokens));
            if (all.TryGetValue(text, out int known) && known != id) throw new ArgumentException($"The special token '{text}' has the ids {known} and {id}.", nameof(tokens));
            string? owner = owners.GetValueOrDefault(id) ?? _vocabulary.TextOf(id);
            if (owner is not null && owner != text) throw new ArgumentException($"The special token '{text}' has the id {id} of '{owner}'.", nameof(tokens));
            (all[text], owners[id]) = (id, text);
        }

        if (all.Count > ByteLevelBpeReader.MostSpecialTokens) throw new ArgumentException($"{all.Count} special tokens, expected at most {ByteLevelBpeReader.MostSpecialTokens}.", nameof(tokens));
        return new ByteLevelBpeTokenizer(_vocabulary, all.ToImmutable());
    }

    /// <summary>The same tokenizer with the special tokens that it does not have yet, under the next free ids in the given order.</summary>
    /// <remarks>This is how the released reward models got theirs: 151 657 and on.</remarks>
    public ByteLevelBpeTokenizer WithAppendedTokens(IEnumerable<string> tokens)
    {
        Dictionary<string, int> appended = [];
        foreach (string token in tokens.Where(token => !SpecialTokens.ContainsKey(token)))
            appended.TryAdd(token, TokenCount + appended.Count);
        return appended.Count == 0 ? this : WithSpecialTokens(appended);
    }

    /// <summary>Ids of a text.</summary>
    /// <param name="text">Any text; a lone surrogate counts as U+FFFD. Texts of special tokens become those tokens.</param>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> ids = [];
        BytePairMerging merging = new(_vocabulary.Merges);
        int at = 0;
        while (at < text.Length)
        {
            int found = text.AsSpan(at).IndexOfAny(_search);
            int end = found < 0 ? text.Length : at + found;
            if (end > at) EncodePlain(text[at..end], merging, ids);
            if (found < 0) break;
            string special = LongestSpecialAt(text.AsSpan(end));
            ids.Add(SpecialTokens[special]);
            at = end + special.Length;
        }

        return [.. ids];
    }

    /// <summary>The text without any special token's text, not even one that appears when another is taken out.</summary>
    public string WithoutSpecialTokens(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().IndexOfAny(_search) < 0) return text;
        ILookup<char, string> byLast = SpecialTokens.Keys.ToLookup(t => t[^1]);
        char[] kept = new char[text.Length];
        int length = 0;
        foreach (char c in text)
        {
            kept[length++] = c;
            foreach (string special in byLast[c])
            {
                if (!kept.AsSpan(0, length).EndsWith(special, StringComparison.Ordinal)) continue;
                length -= special.Length;
                break;
            }
        }

        return new string(kept, 0, length);
    }

    private string LongestSpecialAt(ReadOnlySpan<char> text)
    {
        foreach (string special in _specialByFirst[text[0]])
        {
            if (text.StartsWith(special, StringComparison.Ordinal)) return special;
        }

        throw new InvalidOperationException("No special token starts where one was found.");
    }

    private void EncodePlain(string text, BytePairMerging merging, List<int> ids)
    {
        ByteLevelPieces pieces = new(CanonicalComposition.Apply(text));
        byte[] bytes = [];
        int[] symbols = [];
        while (pieces.MoveNext())
        {
            int room = Encoding.UTF8.GetMaxByteCount(pieces.Current.Length);
            if (bytes.Length < room) (bytes, symbols) = (new byte[2 * room], new int[2 * room]);
            int count = Encoding.UTF8.GetBytes(pieces.Current, bytes);
            for (int i = 0; i < count; i++) symbols[i] = _vocabulary.ByteIds[bytes[i]];
            merging.Merge(symbols.AsSpan(0, count), ids);
        }
    }
}
