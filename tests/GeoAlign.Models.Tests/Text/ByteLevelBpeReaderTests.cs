using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeoAlign.Models.Tests;

public sealed class ByteLevelBpeReaderTests : IDisposable
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.Fixture("rewards", "tokenizer_merges.txt"));
    private static readonly string Vocabulary = File.ReadAllText(Repository.Fixture("rewards", "tokenizer_vocab.json"));
    private static readonly Dictionary<string, int> Special = new() { ["<|im_end|>"] = 490, ["<|Reward|>"] = 505 };
    private static readonly ByteLevelBpeTokenizer Sample = ByteLevelBpeTokenizer.Load(
        Repository.Fixture("rewards", "tokenizer_vocab.json"), Repository.Fixture("rewards", "tokenizer_merges.txt"), Special);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_tokenizer_json_holds_the_same_tokenizer(bool mergesAsArrays)
    {
        ByteLevelBpeTokenizer read = ByteLevelBpeTokenizer.Load(Write("tokenizer.json", Whole(mergesAsArrays).ToJsonString()));

        foreach (string text in Texts) Assert.Equal(Sample.Encode(text), read.Encode(text));
        Assert.Equal(Sample.SpecialTokens, read.SpecialTokens);
        Assert.Equal(Sample.TokenCount, read.TokenCount);
    }

    [Theory]
    [InlineData("added_tokens.json", """{ "<|im_end|>": 490, "<|Reward|>": 505 }""")]
    [InlineData("tokenizer_config.json", """{ "x": [{}], "added_tokens_decoder": { "490": { "content": "<|im_end|>", "lstrip": false }, "505": { "content": "<|Reward|>", "special": true } } }""")]
    public void A_model_folder_without_tokenizer_json_holds_the_same_tokenizer(string name, string content)
    {
        Write("vocab.json", Vocabulary);
        Write("merges.txt", "\uFEFF" + string.Join("\r\n", Lines) + "\r\n\r\n");
        Write(name, content);

        ByteLevelBpeTokenizer read = ByteLevelBpeTokenizer.LoadFolder(_folder.Path);

        foreach (string text in Texts) Assert.Equal(Sample.Encode(text), read.Encode(text));
    }

    [Fact]
    public void A_folder_with_a_tokenizer_json_needs_nothing_else()
    {
        Write("tokenizer.json", Whole(true).ToJsonString());

        Assert.Equal(Sample.Encode(Texts[0]), ByteLevelBpeTokenizer.LoadFolder(_folder.Path).Encode(Texts[0]));
    }

    [Fact]
    public void Missing_files_are_named()
    {
        Assert.Contains("vocab.json", Assert.Throws<FileNotFoundException>(() => ByteLevelBpeTokenizer.LoadFolder(_folder.Path)).Message, StringComparison.Ordinal);
        Write("vocab.json", Vocabulary);
        Assert.Contains("merges.txt", Assert.Throws<FileNotFoundException>(() => ByteLevelBpeTokenizer.LoadFolder(_folder.Path)).Message, StringComparison.Ordinal);
        Write("merges.txt", string.Join('\n', Lines));
        Assert.Contains("added_tokens.json", Assert.Throws<FileNotFoundException>(() => ByteLevelBpeTokenizer.LoadFolder(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.type", "\"Unigram\"", "expected 'BPE'")]
    [InlineData("model.byte_fallback", "true", "expected false")]
    [InlineData("model.ignore_merges", "true", "expected false")]
    [InlineData("model.end_of_word_suffix", "\"</w>\"", "expected none")]
    [InlineData("model.merges", "[\"t\"]", "expected a merge")]
    [InlineData("model.merges", "[[\"t\", \"h\", \"e\"]]", "more than two")]
    [InlineData("model.merges", "[[\"t\"]]", "1 tokens")]
    [InlineData("model.merges", "[\"t h\", \"t h\"]", "twice")]
    [InlineData("model.merges", "[\"t 字\"]", "'字'")]
    [InlineData("model.vocab", "{\"a\": 1.5}", "whole number")]
    [InlineData("model.vocab", "{\"a\": -1}", "whole number")]
    [InlineData("model.vocab", "{\"a\": 16777216}", "whole number")]
    [InlineData("model.vocab", "{\"a\": 1, \"b\": 1}", "another token")]
    [InlineData("model.vocab", "{\"a\": 1}", "no token '")]
    [InlineData("model.vocab", "[]", "expected an object")]
    [InlineData("model", "null", "expected an object")]
    [InlineData("normalizer", "null", "expected NFC")]
    [InlineData("normalizer.type", "\"NFKC\"", "expected 'NFC'")]
    [InlineData("pre_tokenizer.type", "\"ByteLevel\"", "expected 'Sequence'")]
    [InlineData("pre_tokenizer.pretokenizers", "[]", "expected Split, ByteLevel")]
    [InlineData("added_tokens", "[{\"id\": 490}]", "without 'id' or 'content'")]
    [InlineData("added_tokens", "[{\"id\": 490, \"content\": \"<x>\", \"lstrip\": true}]", "expected false")]
    [InlineData("added_tokens", "[{\"id\": 3, \"content\": \"<x>\"}]", "the id 3 of")]
    public void Another_kind_of_tokenizer_or_a_broken_one_is_refused_with_file_and_line(string place, string value, string says)
    {
        JsonObject whole = Whole(false);
        JsonObject parent = whole;
        string[] names = place.Split('.');
        foreach (string name in names[..^1]) parent = (JsonObject)parent[name]!;
        parent[names[^1]] = JsonNode.Parse(value);

        string message = Assert.Throws<TokenizerFormatException>(
            () => ByteLevelBpeTokenizer.Load(Write("tokenizer.json", whole.ToJsonString()))).Message;

        Assert.Contains("tokenizer.json: ", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_pattern_is_refused()
    {
        JsonObject whole = Whole(false);
        whole["pre_tokenizer"]!["pretokenizers"]![0]!["pattern"]!["Regex"] = @"\p{L}+";

        Assert.Contains(@"'\p{L}+', expected '", Assert.Throws<TokenizerFormatException>(
            () => ByteLevelBpeTokenizer.Load(Write("tokenizer.json", whole.ToJsonString()))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n\"a\": 1,\n\"a\": 2}", "line 3: the token 'a' stands there twice")]
    [InlineData("{\n\"a\": 1,\n\"b\": [", "line 3: ")]
    [InlineData("{\"a\": 1}\n{", "not JSON")]
    [InlineData("{\"a\": 1,\n\n\"\\ud800\": 2}", "line 3: a text that is not Unicode")]
    [InlineData("", "not JSON")]
    [InlineData("[1]", "line 1: StartArray, expected an object")]
    public void A_broken_vocabulary_is_refused_with_file_and_line(string content, string says)
    {
        string path = Write("vocab.json", content);

        string message = Assert.Throws<TokenizerFormatException>(
            () => ByteLevelBpeTokenizer.Load(path, Repository.Fixture("rewards", "tokenizer_merges.txt"), Special)).Message;

        Assert.StartsWith(path + ": ", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#version: 0.2\nt h\nth\n", "line 3: 'th', expected a merge 'a b'")]
    [InlineData("t h\n\nĠ a\n", "line 2: empty")]
    [InlineData("t h e\n", "line 1: 't h e', expected a merge")]
    [InlineData("t h\nt h\n", "line 2: the merge 't h' stands there twice")]
    [InlineData("q 字\n", "line 1: the merge 'q 字' needs the token '字'")]
    [InlineData("z z\n", "needs the token 'zz'")]
    public void Broken_merges_are_refused_with_file_and_line(string content, string says)
    {
        string path = Write("merges.txt", content);

        string message = Assert.Throws<TokenizerFormatException>(
            () => ByteLevelBpeTokenizer.Load(Repository.Fixture("rewards", "tokenizer_vocab.json"), path, Special)).Message;

        Assert.StartsWith(path + ": ", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merges_that_are_not_UTF_8_are_refused()
    {
        string path = Path.Combine(_folder.Path, "merges.txt");
        File.WriteAllBytes(path, [(byte)'t', (byte)' ', (byte)'h', (byte)'\n', 0xFF, (byte)' ', (byte)'a']);

        Assert.Contains("line 2: not UTF-8", Assert.Throws<TokenizerFormatException>(
            () => ByteLevelBpeTokenizer.Load(Repository.Fixture("rewards", "tokenizer_vocab.json"), path, Special)).Message, StringComparison.Ordinal);
    }

    // Whatever is done to a file, it is read or refused as a file, never with another exception.
    [Fact]
    public void Damaged_files_are_read_or_refused() => ForAll.Seeds(150, rng =>
    {
        byte[] file = Encoding.UTF8.GetBytes(Whole(rng.Next(2) == 0).ToJsonString());
        for (int i = rng.Next(1, 4); i > 0; i--)
        {
            int at = rng.Next(file.Length);
            switch (rng.Next(3))
            {
                case 0: file[at] = (byte)rng.Next(256); break;
                case 1: file = file[..at]; break;
                default: file = [.. file[..at], .. file[rng.Next(at, file.Length)..]]; break;
            }

            if (file.Length == 0) break;
        }

        string path = Path.Combine(_folder.Path, "tokenizer.json");
        File.WriteAllBytes(path, file);
        try
        {
            Assert.NotEmpty(ByteLevelBpeTokenizer.Load(path).Encode("the price"));
        }
        catch (TokenizerFormatException e)
        {
            Assert.Equal(path, e.Path);
        }
    });

    private static readonly string[] Texts = ["Visual Quality:  \n<|im_end|>the <|Reward|>", "naïve 日本語 'twas", "  x  "];

    private static JsonObject Whole(bool mergesAsArrays) => new()
    {
        ["version"] = "1.0",
        ["truncation"] = null,
        ["added_tokens"] = new JsonArray([.. Special.Select(t => new JsonObject
        {
            ["id"] = t.Value, ["content"] = t.Key, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = false, ["special"] = true,
        })]),
        ["normalizer"] = new JsonObject { ["type"] = "NFC" },
        ["pre_tokenizer"] = new JsonObject
        {
            ["type"] = "Sequence",
            ["pretokenizers"] = new JsonArray(
                new JsonObject { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = ByteLevelBpeReader.Pattern }, ["behavior"] = "Isolated", ["invert"] = false },
                new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = false, ["use_regex"] = false }),
        },
        ["model"] = new JsonObject
        {
            ["type"] = "BPE", ["dropout"] = null, ["unk_token"] = null, ["continuing_subword_prefix"] = "", ["end_of_word_suffix"] = "", ["fuse_unk"] = false,
            ["byte_fallback"] = false,
            ["vocab"] = JsonNode.Parse(Vocabulary),
            ["merges"] = new JsonArray([.. Lines.Skip(1).Where(l => l.Length > 0).Select(l => mergesAsArrays
                ? new JsonArray([.. l.Split(' ').Select(p => (JsonNode)JsonValue.Create(p))])
                : (JsonNode)JsonValue.Create(l))]),
        },
    };

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, content, new UTF8Encoding(false));
        return path;
    }
}
