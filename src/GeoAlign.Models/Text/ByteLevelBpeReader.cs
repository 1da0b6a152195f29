using System.Globalization;
using System.Text;

namespace GeoAlign.Models;

/// <summary>Reads the files of a byte-level pair encoding: <c>vocab.json</c> with <c>merges.txt</c>, or <c>tokenizer.json</c>.</summary>
/// <remarks>Nothing is allocated in advance from a number that a file states. Everything that would change ids and is not done here is refused.</remarks>
internal static class ByteLevelBpeReader
{
    /// <summary>The pattern of Qwen2's files, which <see cref="ByteLevelPieces"/> follows.</summary>
    public const string Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>Highest id that is accepted.</summary>
    public const int HighestId = (1 << 24) - 1;

    /// <summary>Qwen2 has 14 special tokens. The bound keeps the search for the longest one short.</summary>
    public const int MostSpecialTokens = 4096;

    /// <summary>Qwen2's tokenizer.json has 11 MB.</summary>
    private const int MostFileBytes = 64 << 20;

    /// <summary>Qwen2 has 151 643 tokens and 151 387 merges.</summary>
    private const int MostEntries = 1 << 20;

    /// <summary>Reads the tokenizer of a model folder.</summary>
    public static ByteLevelBpeTokenizer ReadFolder(string folder)
    {
        string whole = Path.Combine(folder, "tokenizer.json");
        if (File.Exists(whole)) return ReadTokenizerJson(whole);

        (string vocabulary, string merges) = (Path.Combine(folder, "vocab.json"), Path.Combine(folder, "merges.txt"));
        (string added, string config) = (Path.Combine(folder, "added_tokens.json"), Path.Combine(folder, "tokenizer_config.json"));
        foreach (string path in new[] { vocabulary, merges })
        {
            if (!File.Exists(path)) throw new FileNotFoundException($"{path}: not found, and there is no {whole} either; a tokenizer needs one of them.", path);
        }

        if (File.Exists(added)) return WithAdded(vocabulary, merges, added, ReadIds(added, MostSpecialTokens));
        if (File.Exists(config)) return WithAdded(vocabulary, merges, config, ReadConfiguredTokens(config));
        throw new FileNotFoundException($"{added}: not found, and there is no {config} either; one of them must say which tokens are special.", added);
    }

    /// <summary>Reads a vocabulary and its merges.</summary>
    public static ByteLevelVocabulary ReadVocabulary(string vocabularyPath, string mergesPath) =>
        new(vocabularyPath, ReadIds(vocabularyPath, MostEntries), mergesPath, ReadMerges(mergesPath));

    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    public static ByteLevelBpeTokenizer ReadTokenizerJson(string path)
    {
        TokenizerJson json = new(path, Bytes(path));
        Dictionary<string, int> tokens = [], special = [];
        List<(string, string, int)> merges = [];
        bool hasModel = false;
        json.Guarded(() => json.ReadObject(section =>
        {
            switch (section)
            {
                case "model":
                    hasModel = true;
                    ReadModel(json, tokens, merges);
                    break;
                case "added_tokens":
                    json.ReadArray(() => ReadAddedToken(json, null, special));
                    break;
                case "normalizer":
                    CheckNormaliser(json);
                    break;
                case "pre_tokenizer":
                    CheckCutting(json);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }));
        if (!hasModel) throw new TokenizerFormatException(path, "no section 'model', expected a tokenizer.json");
        return Join(path, new ByteLevelVocabulary(path, tokens, path, merges), special);
    }

    private static ByteLevelBpeTokenizer WithAdded(string vocabulary, string merges, string path, Dictionary<string, int> special) =>
        Join(path, ReadVocabulary(vocabulary, merges), special);

    private static ByteLevelBpeTokenizer Join(string path, ByteLevelVocabulary vocabulary, Dictionary<string, int> special)
    {
        try
        {
            return new ByteLevelBpeTokenizer(vocabulary).WithSpecialTokens(special);
        }
        catch (ArgumentException e)
        {
            throw new TokenizerFormatException(path, e.Message, e);
        }
    }

    // { "text": id, ... }
    private static Dictionary<string, int> ReadIds(string path, int most)
    {
        TokenizerJson json = new(path, Bytes(path));
        Dictionary<string, int> ids = [];
        json.Guarded(() => ReadIds(json, ids, most));
        return ids;
    }

    private static void ReadIds(TokenizerJson json, Dictionary<string, int> ids, int most)
    {
        HashSet<int> taken = [];
        json.ReadObject(text =>
        {
            int id = json.ReadInteger(0, HighestId);
            if (!ids.TryAdd(text, id)) throw json.Problem($"the token '{text}' stands there twice");
            if (!taken.Add(id)) throw json.Problem($"the id {id} of '{text}' belongs to another token");
            if (ids.Count > most) throw json.Problem($"more than {most} tokens");
        });
    }

    private static void ReadModel(TokenizerJson json, Dictionary<string, int> tokens, List<(string, string, int)> merges) => json.ReadObject(name =>
    {
        switch (name)
        {
            case "type":
                json.Expect("BPE");
                break;
            case "vocab":
                ReadIds(json, tokens, MostEntries);
                break;
            case "merges":
                json.ReadArray(() => AddMerge(json, merges));
                break;
            case "byte_fallback" or "ignore_merges":
                json.Expect(false);
                break;
            case "continuing_subword_prefix" or "end_of_word_suffix":
                json.ExpectEmpty();
                break;
            default:
                json.Skip();
                break;
        }
    });

    private static void AddMerge(TokenizerJson json, List<(string, string, int)> merges)
    {
        if (merges.Count == MostEntries) throw json.Problem($"more than {MostEntries} merges");
        if (!json.IsArray)
        {
            merges.Add(Pair(json.Path, json.ReadText(), json.Line));
            return;
        }

        List<string> parts = [];
        json.ReadArray(() =>
        {
            parts.Add(json.ReadText());
            if (parts.Count > 2) throw json.Problem("a merge of more than two tokens");
        });
        if (parts.Count != 2 || parts.Contains("")) throw json.Problem($"a merge of {parts.Count(p => p.Length > 0)} tokens, expected two");
        merges.Add((parts[0], parts[1], json.Line));
    }

    // { "id": 5, "content": "<|x|>", "lstrip": false, ... }
    private static void ReadAddedToken(TokenizerJson json, int? id, Dictionary<string, int> special)
    {
        string? content = null;
        json.ReadObject(name =>
        {
            switch (name)
            {
                case "id": id = json.ReadInteger(0, HighestId); break;
                case "content": content = json.ReadText(); break;
                case "lstrip" or "rstrip" or "single_word": json.Expect(false); break;
                default: json.Skip(); break;
            }
        });
        if (id is not { } known || string.IsNullOrEmpty(content)) throw json.Problem("an added token without 'id' or 'content'");
        if (!special.TryAdd(content, known)) throw json.Problem($"the added token '{content}' stands there twice");
        if (special.Count > MostSpecialTokens) throw json.Problem($"more than {MostSpecialTokens} added tokens");
    }

    // tokenizer_config.json: { "added_tokens_decoder": { "151643": { "content": ... } } }
    private static Dictionary<string, int> ReadConfiguredTokens(string path)
    {
        TokenizerJson json = new(path, Bytes(path));
        Dictionary<string, int> special = [];
        json.Guarded(() => json.ReadObject(section =>
        {
            if (section != "added_tokens_decoder")
            {
                json.Skip();
                return;
            }

            json.ReadObject(key => ReadAddedToken(
                json,
                int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id <= HighestId ? id : throw json.Problem($"the id '{key}', expected a whole number up to {HighestId}"),
                special));
        }));
        return special;
    }

    private static void CheckNormaliser(TokenizerJson json)
    {
        if (!json.IsObject) throw json.Problem("no normaliser, expected NFC");
        json.ReadObject(name =>
        {
            if (name == "type") json.Expect("NFC");
            else json.Skip();
        });
    }

    private static void CheckCutting(TokenizerJson json)
    {
        if (!json.IsObject) throw json.Problem("no pre_tokenizer, expected a Sequence of Split and ByteLevel");
        List<string> steps = [];
        json.ReadObject(name =>
        {
            switch (name)
            {
                case "type": json.Expect("Sequence"); break;
                case "pretokenizers": json.ReadArray(() => CheckStep(json, steps)); break;
                default: json.Skip(); break;
            }
        });
        if (steps is not ["Split", "ByteLevel"]) throw json.Problem($"pre_tokenizer steps '{string.Join(", ", steps)}', expected Split, ByteLevel");
    }

    private static void CheckStep(TokenizerJson json, List<string> steps) => json.ReadObject(name =>
    {
        switch (name)
        {
            case "type":
                steps.Add(json.ReadText());
                if (steps.Count > 2) throw json.Problem("more than two pre_tokenizer steps");
                break;
            case "pattern":
                json.ReadObject(kind =>
                {
                    if (kind != "Regex") throw json.Problem($"a pattern of kind '{kind}', expected Regex");
                    json.Expect(Pattern);
                });
                break;
            case "behavior":
                json.Expect("Isolated");
                break;
            case "invert" or "add_prefix_space" or "use_regex":
                json.Expect(false);
                break;
            default:
                json.Skip();
                break;
        }
    });

    private static List<(string, string, int)> ReadMerges(string path)
    {
        byte[] file = Bytes(path);
        ReadOnlySpan<byte> rest = file.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? file.AsSpan(Encoding.UTF8.Preamble.Length) : file;
        UTF8Encoding strict = new(false, true);
        List<(string, string, int)> merges = [];
        int line = 0, empty = 0;
        while (!rest.IsEmpty)
        {
            line++;
            int length = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> bytes = length < 0 ? rest : rest[..length];
            rest = length < 0 ? default : rest[(length + 1)..];
            bytes = bytes.TrimEnd((byte)'\r');
            if (line == 1 && bytes.StartsWith("#version"u8)) continue;
            if (bytes.IsEmpty)
            {
                empty = empty == 0 ? line : empty;
                continue;
            }

            if (empty > 0) throw new TokenizerFormatException(path, $"line {empty}: empty, expected a merge 'a b'");
            if (merges.Count == MostEntries) throw new TokenizerFormatException(path, $"line {line}: more than {MostEntries} merges");
            try
            {
                merges.Add(Pair(path, strict.GetString(bytes), line));
            }
            catch (DecoderFallbackException e)
            {
                throw new TokenizerFormatException(path, $"line {line}: not UTF-8", e);
            }
        }

        return merges;
    }

    private static (string, string, int) Pair(string path, string text, int line)
    {
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 && blank < text.Length - 1 && text.IndexOf(' ', blank + 1) < 0
            ? (text[..blank], text[(blank + 1)..], line)
            : throw new TokenizerFormatException(path, $"line {line}: '{(text.Length > 80 ? text[..80] + "…" : text)}', expected a merge 'a b'");
    }

    private static byte[] Bytes(string path)
    {
        long length = new FileInfo(path).Length;
        return length <= MostFileBytes
            ? File.ReadAllBytes(path)
            : throw new TokenizerFormatException(path, $"{length} bytes, expected at most {MostFileBytes}");
    }
}
