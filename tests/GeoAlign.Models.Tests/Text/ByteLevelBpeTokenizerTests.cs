using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace GeoAlign.Models.Tests;

public class ByteLevelBpeTokenizerTests
{
    private static readonly JsonElement Cases = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("rewards", "tokenizer_cases.json"))).RootElement;

    private static readonly ByteLevelBpeTokenizer Sample = ByteLevelBpeTokenizer.Load(
        Repository.Fixture("rewards", "tokenizer_vocab.json"),
        Repository.Fixture("rewards", "tokenizer_merges.txt"),
        Cases.GetProperty("special_tokens").EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetInt32()));

    [Fact]
    public void Golden_texts_get_their_ids()
    {
        JsonElement[] cases = [.. Cases.GetProperty("encode").EnumerateArray()];

        Assert.True(cases.Length > 20);
        foreach (JsonElement one in cases)
            Assert.Equal(one.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), Sample.Encode(one.GetProperty("text").GetString()!));
    }

    // Recorded with Hugging Face's tokenizers library on the golden files: blanks, marks, contractions, halves of special tokens, other scripts.
    [Fact]
    public void Mixtures_of_scripts_and_signs_get_the_ids_of_the_published_library()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("rewards", "tokenizer_more.json")));
        JsonElement[] rows = [.. file.RootElement.EnumerateArray()];

        Assert.Equal(300, rows.Length);
        foreach (JsonElement row in rows) Assert.Equal(row[1].EnumerateArray().Select(id => id.GetInt32()), Sample.Encode(row[0].GetString()!));
    }

    [Fact]
    public void Golden_texts_are_cut_into_their_pieces()
    {
        foreach (JsonElement one in Cases.GetProperty("pretokenize").EnumerateArray())
            Assert.Equal(one.GetProperty("pieces").EnumerateArray().Select(p => p.GetString()), Pieces(one.GetProperty("text").GetString()!));
    }

    [Theory]
    [InlineData("'ſx", "'ſ|x")]                              // the long s is an s in another case
    [InlineData("it'RE'Ve'lL'lm", "it|'RE|'Ve|'lL|'lm")]
    [InlineData(" 's", " '|s")]
    [InlineData("'", "'")]
    [InlineData("a \n \n b", "a| \n \n| b")]
    [InlineData("a \n  b", "a| \n| | b")]
    [InlineData("a\u2028\u3000b", "a|\u2028|\u3000b")]
    [InlineData("a\r\n!\r\n\r\nb", "a|\r\n|!\r\n\r\n|b")]
    [InlineData("\u0301a\u0301", "\u0301a|\u0301")]
    [InlineData("Ⅷ½x", "Ⅷ|½|x")]
    [InlineData("𝟙𐐀 𐐀", "𝟙|𐐀| 𐐀")]
    [InlineData("\u180E\u200B ", "\u180E\u200B| ")]
    [InlineData("\nx", "\n|x")]
    [InlineData("  ", "  ")]
    public void Pieces_follow_the_pattern(string text, string pieces) => Assert.Equal(pieces.Split('|'), Pieces(text));

    // .NET's own expressions agree where no character lies beyond U+FFFF, apart from the long s.
    [Fact]
    public void Pieces_are_those_of_the_pattern_on_random_texts_of_the_basic_plane() => ForAll.Seeds(600, rng =>
    {
        string alphabet = "abLSdrevtmRE''' \t\r\n\n  12½Ⅷ.,!?é\u0301日の_\u00A0\u0085\u2028\u3000\u200B-—";
        string text = string.Concat(Enumerable.Range(0, rng.Next(1, 40)).Select(_ => alphabet[rng.Next(alphabet.Length)]));

        Assert.Equal(System.Text.RegularExpressions.Regex.Matches(text, ByteLevelBpeReader.Pattern).Select(m => m.Value), Pieces(text));
    });

    [Fact]
    public void Merging_is_that_of_the_plain_algorithm() => ForAll.Seeds(300, rng =>
    {
        // Random merges over a, b, c, also ones whose products have a lower rank than their parts.
        List<string> tokens = ["a", "b", "c"];
        List<(string Left, string Right)> merges = [];
        for (int i = 0; i < 12; i++)
        {
            (string left, string right) = (tokens[rng.Next(tokens.Count)], tokens[rng.Next(tokens.Count)]);
            if (merges.Contains((left, right)) || left.Length + right.Length > 6) continue;
            merges.Add((left, right));
            if (!tokens.Contains(left + right)) tokens.Add(left + right);
        }

        for (int i = merges.Count - 1; i > 0; i--)
        {
            int j = rng.Next(i + 1);
            (merges[i], merges[j]) = (merges[j], merges[i]);
        }

        Dictionary<(int, int), BytePairMerge> table = merges.Select((m, rank) => (m, rank)).ToDictionary(
            x => (tokens.IndexOf(x.m.Left), tokens.IndexOf(x.m.Right)), x => new BytePairMerge(x.rank, tokens.IndexOf(x.m.Left + x.m.Right)));
        int[] text = [.. Enumerable.Range(0, rng.Next(1, 30)).Select(_ => rng.Next(3))];
        List<int> ids = [];
        BytePairMerging merging = new(table);
        merging.Merge([2, 1, 0, 0, 1, 2, 0], []);            // a workspace that was used before
        merging.Merge(text, ids);

        List<string> plain = [.. text.Select(t => tokens[t])];
        while (true)
        {
            int best = merges.FindIndex(m => Enumerable.Range(0, Math.Max(0, plain.Count - 1)).Any(i => (plain[i], plain[i + 1]) == m));
            if (best < 0) break;
            for (int i = 0; i + 1 < plain.Count; i++)
            {
                if ((plain[i], plain[i + 1]) != merges[best]) continue;
                plain[i] += plain[i + 1];
                plain.RemoveAt(i + 1);
            }
        }

        Assert.Equal(plain, ids.Select(id => tokens[id]));
    });

    [Fact]
    public void The_longest_special_token_wins_and_is_found_before_anything_else()
    {
        ByteLevelBpeTokenizer tokenizer = Sample.WithSpecialTokens(new Dictionary<string, int> { ["<a"] = 600, ["<a>b"] = 601, ["é"] = 602 });

        Assert.Equal([600, .. Sample.Encode(">"), 601, 600], tokenizer.Encode("<a><a>b<a"));
        Assert.Equal([.. Sample.Encode("e\u0301"), 602], tokenizer.Encode("e\u0301é"));      // form C comes after the cut
    }

    [Fact]
    public void Appended_tokens_get_the_next_ids_in_order()
    {
        Assert.Equal(506, Sample.TokenCount);

        ByteLevelBpeTokenizer more = Sample.WithAppendedTokens(["<|Reward|>", "<x>", "<y>"]);

        Assert.Equal((505, 506, 507, 508), (more.SpecialTokens["<|Reward|>"], more.SpecialTokens["<x>"], more.SpecialTokens["<y>"], more.TokenCount));
        Assert.Same(Sample, Sample.WithAppendedTokens(["<|Reward|>"]));
        Assert.Equal([507, 506], more.Encode("<y><x>"));
    }

    [Theory]
    [InlineData("", 600, "no text")]
    [InlineData("<x>", -1, "-1")]
    [InlineData("<x>", 39, "'H'")]
    [InlineData("<x>", 505, "<|Reward|>")]
    [InlineData("<|Reward|>", 600, "505 and 600")]
    public void A_special_token_that_fits_no_id_is_refused(string text, int id, string says) => Assert.Contains(
        says, Assert.Throws<ArgumentException>(() => Sample.WithSpecialTokens(new Dictionary<string, int> { [text] = id })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("nothing here", "nothing here")]
    [InlineData("a<|im_end|>b<|video_pad|>", "ab")]
    [InlineData("<|im_<|im_end|>start|>x", "x")]                        // taking one out makes another
    [InlineData("<|<|Reward|>im_end|", "<|im_end|")]
    public void Special_tokens_are_taken_out_of_a_text(string text, string left) => Assert.Equal(left, Sample.WithoutSpecialTokens(text));

    [Fact]
    public void A_text_without_special_tokens_has_none_whatever_was_nested() => ForAll.Seeds(300, rng =>
    {
        string[] parts = ["<|", "im", "_", "end", "|>", "<|im_end|>", "<|Reward|>", "Re", "ward", "<|im_start|>"];
        string text = string.Concat(Enumerable.Range(0, rng.Next(30)).Select(_ => parts[rng.Next(parts.Length)]));

        string left = Sample.WithoutSpecialTokens(text);

        Assert.DoesNotContain(Sample.SpecialTokens.Keys, special => left.Contains(special, StringComparison.Ordinal));
    });

    [Fact]
    public void A_lone_surrogate_reads_as_the_replacement_character() =>
        Assert.Equal(Sample.Encode("a\uFFFDb\uFFFD"), Sample.Encode("a\uD800b\uDC00"));

    [Fact]
    public void An_empty_text_has_no_ids() => Assert.Empty(Sample.Encode(""));

    [Theory]
    [InlineData("th")]
    [InlineData("Quality")]
    [InlineData(" \n")]
    [InlineData("...!")]
    [InlineData("\u0301\u0323")]
    [InlineData("<|im_start|><|")]
    public void A_hundred_thousand_characters_take_no_quadratic_time(string unit)
    {
        string text = string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length));
        Stopwatch clock = Stopwatch.StartNew();

        int[] ids = Sample.Encode(text);
        string kept = Sample.WithoutSpecialTokens(text);

        Assert.NotEmpty(ids);
        Assert.True(kept.Length <= text.Length);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");      // quadratic work would take minutes
    }

    [Fact]
    public void Every_byte_has_a_printable_character_of_its_own()
    {
        char[] table = [.. Enumerable.Range(0, 256).Select(b => ByteLevelVocabulary.Printable((byte)b))];

        Assert.Equal(256, table.Distinct().Count());
        Assert.Equal(('Ġ', 'Ċ', '!', '~', 'ġ', '¡', 'Ń', '®', 'ÿ', 'ł'), (table[32], table[10], table[33], table[126], table[127], table[161], table[173], table[174], table[255], table[160]));
    }

    private static List<string> Pieces(string text)
    {
        List<string> found = [];
        ByteLevelPieces pieces = new(text);
        while (pieces.MoveNext()) found.Add(pieces.Current.ToString());
        return found;
    }
}
