using System.Text.Json;

namespace GeoAlign.Models.Tests;

public class SentencePieceTokenizerTests
{
    private static readonly SentencePieceTokenizer Sample =
        SentencePieceTokenizer.Load(Repository.Fixture("models", "tokenizer_sample.model"));

    private static readonly (string, float, PieceKind)[] WithTies =
    [
        .. SentencePieceBytes.Marks, ("a", -2.1f, PieceKind.Normal), ("ab", -3.3f, PieceKind.Normal), ("b", -2.1f, PieceKind.Normal),
        ("aa", -3.3f, PieceKind.Normal), ("bab", -1.7f, PieceKind.Normal), ("▁", -1, PieceKind.Normal),
    ];

    [Fact]
    public void Golden_cases_are_met_piece_by_piece()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("models", "tokenizer_sample.cases.json")));
        int length = file.RootElement.GetProperty("max_length").GetInt32();
        JsonElement[] cases = [.. file.RootElement.GetProperty("cases").EnumerateArray()];
        Assert.Equal(12, cases.Length);
        foreach (JsonElement one in cases)
        {
            string text = one.GetProperty("text").GetString()!;

            int[] ids = Sample.Encode(text);
            TokenIds padded = Sample.Encode(text, length);

            Assert.Equal(Integers(one, "ids"), ids);
            Assert.Equal(one.GetProperty("pieces").EnumerateArray().Select(p => p.GetString()), ids.Select(Sample.PieceOf));
            Assert.Equal(Integers(one, "padded_ids"), padded.Ids);
            Assert.Equal(Integers(one, "mask"), Enumerable.Range(0, length).Select(i => i < padded.Count ? 1 : 0));
        }
    }

    [Fact]
    public void Mixtures_of_scripts_and_signs_are_cut_as_SentencePiece_cuts_them()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("models", "tokenizer_sample.more.json")));
        foreach (JsonElement one in file.RootElement.GetProperty("cases").EnumerateArray())
            Assert.Equal(Integers(one, "ids"), Sample.Encode(one.GetProperty("text").GetString()!));
    }

    [Fact]
    public void Special_ids_are_those_of_the_file()
    {
        Assert.Equal((380, 3, 2, 1, 0), (Sample.PieceCount, Sample.UnknownId, Sample.BeginId, Sample.EndId, Sample.PadId));

        SentencePieceTokenizer bare = Parse(SentencePieceBytes.Of(SentencePieceBytes.Marks, [(41, -1), (42, -1)]));

        Assert.Equal((3, null, null, null), (bare.UnknownId, bare.BeginId, bare.EndId, bare.PadId));
        Assert.Contains("no end mark", Assert.Throws<InvalidOperationException>(() => bare.Encode("a", 4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample.Encode("a", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample.PieceOf(380));
        Assert.Equal([1], Sample.Encode("a dog", 1).Ids);
    }

    // Ids in this and the next two tests were recorded with SentencePiece 0.1.97 on files of the same content.
    [Theory]
    [InlineData("aab", new[] { 4, 5 })]
    [InlineData("abab", new[] { 4, 8 })]
    [InlineData("ababab", new[] { 5, 4, 8 })]
    [InlineData("aaaaab", new[] { 7, 7, 5 })]
    [InlineData("aabaabaab", new[] { 4, 5, 4, 5, 4, 5 })]
    [InlineData("acca", new[] { 4, 3, 4 })]
    [InlineData("  a  b ", new[] { 3, 4, 3, 6, 3 })]
    public void Ties_and_runs_of_unknown_characters_fall_as_in_SentencePiece(string text, int[] expected) =>
        Assert.Equal(expected, Parse(SentencePieceBytes.Of(WithTies, normaliser: [(3, false), (4, false), (5, false)])).Encode(text));

    [Theory]
    [InlineData(true, true, true, new[] { 9, 4, 9, 6 }, new[] { 9, 4, 5, 7, 6, 4, 5 }, new[] { 9, 9, 4 })]
    [InlineData(true, true, false, new[] { 10, 4, 10, 6 }, new[] { 10, 4, 5, 7, 6, 4, 5 }, new[] { 10, 9, 4 })]
    [InlineData(false, true, true, new[] { 4, 9, 6 }, new[] { 4, 5, 4, 5, 4, 5 }, new[] { 9, 4 })]
    [InlineData(true, false, true, new[] { 9, 9, 9, 4, 9, 9, 6, 9 }, new[] { 9, 4, 5, 7, 6, 4, 5 }, new[] { 9, 9, 4 })]
    public void Blanks_are_treated_as_the_file_says(
        bool leading, bool collapsed, bool escaped, int[] blanks, int[] plain, int[] mark)
    {
        (string, float, PieceKind)[] pieces = escaped ? WithTies : [.. WithTies, (" ", -1, PieceKind.Normal)];
        SentencePieceTokenizer tokenizer =
            Parse(SentencePieceBytes.Of(pieces, normaliser: [(3, leading), (4, collapsed), (5, escaped)]));

        Assert.Equal(blanks, tokenizer.Encode("  a  b "));
        Assert.Equal(plain, tokenizer.Encode("aabaabaab"));
        Assert.Equal(mark, tokenizer.Encode("▁a"));
        Assert.Empty(tokenizer.Encode(""));
    }

    [Theory]
    [InlineData("abab", new[] { 8, 6, 6 })]
    [InlineData("aab", new[] { 8, 4, 6 })]
    [InlineData("ＡＢ", new[] { 8, 7, 3 })]
    [InlineData("ba", new[] { 8, 5, 4 })]
    [InlineData("xyb", new[] { 8, 3, 5 })]
    public void User_defined_pieces_win_and_are_not_normalised_while_unused_ones_never_appear(string text, int[] expected)
    {
        (string, float, PieceKind)[] pieces =
        [
            .. SentencePieceBytes.Marks, ("a", -1, PieceKind.Normal), ("b", -1, PieceKind.Normal), ("ab", -9, PieceKind.UserDefined),
            ("Ａ", -1, PieceKind.UserDefined), ("▁", -1, PieceKind.Normal), ("ba", -0.001f, PieceKind.Unused), ("A", -1, PieceKind.Normal),
            ("aab", -3, PieceKind.Normal),
        ];
        SentencePieceModel sample = SentencePieceReader.Read(Repository.Fixture("models", "tokenizer_sample.model"));

        Assert.Equal(expected, Parse(SentencePieceBytes.Of(pieces, characterMap: sample.CharacterMap.ToArray())).Encode(text));
    }

    [Fact]
    public void A_lone_surrogate_counts_as_the_replacement_character() => Assert.Equal(Sample.Encode("a\uFFFDb"), Sample.Encode("a\uD800b"));

    [Fact]
    public void Long_texts_take_time_in_proportion()
    {
        string text = string.Join(' ', Enumerable.Repeat("the camera moves quickly over the river", 20_000));

        Assert.Equal(20_000 * 7, Sample.Encode(text).Length);
    }

    private static SentencePieceTokenizer Parse(byte[] file) => SentencePieceTokenizer.Parse("test.model", file);

    private static IEnumerable<int> Integers(JsonElement one, string name) =>
        one.GetProperty(name).EnumerateArray().Select(id => id.GetInt32());
}
