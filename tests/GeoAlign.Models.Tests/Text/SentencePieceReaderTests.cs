using System.Text;

namespace GeoAlign.Models.Tests;

public class SentencePieceReaderTests
{
    private static readonly (string, float, PieceKind)[] Good = [.. SentencePieceBytes.Marks, ("a", -1, PieceKind.Normal)];

    [Fact]
    public void Fields_that_a_file_leaves_out_have_the_defaults_of_the_format()
    {
        byte[] onePiece = [0x0A, 0x05, 0x0A, 0x01, (byte)'a', 0x18, 0x02];

        SentencePieceModel model = SentencePieceReader.Parse("test.model", [.. onePiece, .. Piece("b"), .. Piece("c")]);

        Assert.Equal((1, 2, -1, false), (model.BeginId, model.EndId, model.PadId, model.ByteFallback));
        Assert.True(model.AddDummyPrefix && model.RemoveExtraWhitespace && model.EscapeWhitespace && model.CharacterMap.IsEmpty);
        Assert.Equal((PieceKind.Unknown, 0f), (model.Pieces[0].Kind, model.Pieces[0].Score));
        Assert.Equal((PieceKind.Normal, "b"), (model.Pieces[1].Kind, model.TextOf(1)));

        static byte[] Piece(string text) => [0x0A, 0x03, 0x0A, 0x01, (byte)text[0]];
    }

    [Fact]
    public void Unknown_fields_are_skipped()
    {
        byte[] file = [.. SentencePieceBytes.Of(Good), 0x9A, 0x06, 0x02, 1, 2, 0xA0, 0x06, 0x7F];

        Assert.Equal(5, SentencePieceReader.Parse("test.model", file).Pieces.Count);
    }

    public static TheoryData<string, byte[]> BrokenFiles => new()
    {
        { "0 pieces for unknown text, expected 1", [] },
        { "0 pieces for unknown text, expected 1", SentencePieceBytes.Of([("a", -1, PieceKind.Normal)], []) },
        { "2 pieces for unknown text, expected 1", SentencePieceBytes.Of([.. Good, ("?", 0, PieceKind.Unknown)]) },
        { "broken at byte", SentencePieceBytes.Of(Good)[..^3] },
        { "broken at byte", Encoding.ASCII.GetBytes("version https://git-lfs.github.com/spec/v1\n") },
        { "piece 5 has 0 bytes, expected 1 to 1024", SentencePieceBytes.Of([.. Good, ("", 0, PieceKind.Normal)]) },
        { "piece 5 has 1025 bytes", SentencePieceBytes.Of([.. Good, (new string('x', 1025), 0, PieceKind.Normal)]) },
        { "piece 5 has score NaN, expected a finite number", SentencePieceBytes.Of([.. Good, ("x", float.NaN, PieceKind.Normal)]) },
        { "piece 5 has type 9, expected 1 to 6", SentencePieceBytes.Of([.. Good, ("x", 0, (PieceKind)9)]) },
        { "pieces 4 and 5 have the same text", SentencePieceBytes.Of([.. Good, ("a", -2, PieceKind.Normal)]) },
        { "model type 2, expected 1 (unigram)", SentencePieceBytes.Of(Good, [(3, 2)]) },
        { "blanks are marked after words", SentencePieceBytes.Of(Good, [(24, 1)]) },
        { "end id 5, expected −1 or an id below 5", SentencePieceBytes.Of(Good, [(42, 5)]) },
        { "no piece <0x00>, expected one for every byte", SentencePieceBytes.Of(Good, [(35, 1)]) },
        { "byte piece 5 is '<0x0g>'", SentencePieceBytes.Of([.. Good, ("<0x0g>", 0, PieceKind.Byte)], [(35, 1)]) },
        { "3 bytes with a trie of 0, expected a multiple of 1024", SentencePieceBytes.Of(Good, characterMap: [1, 2, 3]) },
        { "unit 0 leads to unit 1024 of 256", SentencePieceBytes.Of(Good, characterMap: Map(1024 << 10, 0)) },
        { "a replacement starts at byte 9, expected at most 2", SentencePieceBytes.Of(Good, characterMap: Map(1 << 10 | 1 << 8, 9)) },
        { "the replacement at byte 2 does not end", SentencePieceBytes.Of(Good, characterMap: Map(1 << 10 | 1 << 8, 2)) },
    };

    [Theory, MemberData(nameof(BrokenFiles))]
    public void Broken_files_are_refused_with_the_file_and_what_was_expected(string problem, byte[] file)
    {
        var e = Assert.Throws<TokenizerFormatException>(() => SentencePieceTokenizer.Parse("dir/test.model", file));

        Assert.StartsWith("dir/test.model: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.Equal("dir/test.model", e.Path);
    }

    [Fact]
    public void A_file_larger_than_any_vocabulary_is_refused_unread()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("large.model");
        using (FileStream file = File.Create(path)) file.SetLength(1L << 32);      // a hole, not bytes

        Assert.Contains("4294967296 bytes", Assert.Throws<TokenizerFormatException>(() => SentencePieceTokenizer.Load(path)).Message,
            StringComparison.Ordinal);
    }

    // One block of 256 units; unit 0 and the value unit 1 are given. Replacements: "x", and a byte without an end.
    private static byte[] Map(uint root, uint value)
    {
        byte[] map = new byte[4 + 1024 + 3];
        BitConverter.TryWriteBytes(map, 1024);
        BitConverter.TryWriteBytes(map.AsSpan(4), root);
        BitConverter.TryWriteBytes(map.AsSpan(8), value | 1u << 31);
        map[^3] = (byte)'x';
        map[^1] = (byte)'y';
        return map;
    }
}
