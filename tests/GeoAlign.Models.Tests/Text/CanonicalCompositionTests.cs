using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GeoAlign.Models.Tests;

public class CanonicalCompositionTests
{
    // Recorded with Python's unicodedata 14.0.
    [Fact]
    public void Recorded_mixtures_of_marks_composed_characters_and_Hangul_match()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture("text", "nfc.json")));
        JsonElement[] rows = [.. file.RootElement.GetProperty("rows").EnumerateArray()];

        Assert.True(rows.Length > 400);
        foreach (JsonElement row in rows)
            Assert.Equal(row[1].GetString(), Points(CanonicalComposition.Apply(Text(row[0].GetString()!))));
    }

    // Digests over all 2061 characters that decompose and over all 912 marks, recorded with Python's unicodedata 14.0.
    [Fact]
    public void The_whole_table_matches()
    {
        int[] every = [.. Enumerable.Range(0, 0x110000).Where(Rune.IsValid)];
        int[] decomposing = [.. every.Where(point => point is < 0xAC00 or > 0xD7A3 && !Decomposed(point).SequenceEqual([point]))];
        int[] marks = [.. every.Where(point => CanonicalForms.Instance.ClassOf(point) > 0)];

        Assert.Equal((2061, 912), (decomposing.Length, marks.Length));
        Assert.Equal(
            "f310e449edac58779ff8bd1d848a6ced191a9baf2761af14cfbc421cbec6fbac",
            Digest([.. decomposing.Select(point => char.ConvertFromUtf32(point)), .. decomposing.Select(point => string.Concat(Decomposed(point).Select(char.ConvertFromUtf32)))]));
        Assert.Equal(
            "423f9a0d66ac855bd3d6ddfddbaf1ebbff777c620e8e726cce886ca28173dbd6",
            Digest([.. marks.Select(point => "a" + char.ConvertFromUtf32(point) + "\u0323\u0315")]));
    }

    [Fact]
    public void A_composed_text_stays_what_it_is() => ForAll.Seeds(200, rng =>
    {
        int[] alphabet = [0x41, 0x65, 0xE9, 0x300, 0x301, 0x323, 0x345, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x212B, 0x1EA5, 0x1D15E, 0xFB1D, 0x20];
        string text = string.Concat(Enumerable.Range(0, rng.Next(1, 12)).Select(_ => char.ConvertFromUtf32(alphabet[rng.Next(alphabet.Length)])));
        string once = CanonicalComposition.Apply(text);

        Assert.Equal(once, CanonicalComposition.Apply(once));
    });

    [Fact]
    public void A_text_without_anything_to_compose_is_not_copied()
    {
        string text = "plain words, naïve ones too: ÿ ˿";

        Assert.Same(text, CanonicalComposition.Apply(text));
    }

    [Fact]
    public void A_hundred_thousand_marks_on_one_letter_are_put_in_order_in_time()
    {
        string marks = string.Concat(Enumerable.Repeat("\u0301\u0323\u0315", 33_333));

        string composed = CanonicalComposition.Apply("a" + marks);

        Assert.Equal('\u1EA1', composed[0]);                       // the dot below comes first and joins the letter
        Assert.Equal(marks.Length, composed.Length);
    }

    private static List<int> Decomposed(int point)
    {
        List<int> parts = [];
        CanonicalForms.Instance.Decompose(point, parts);
        return parts;
    }

    private static string Digest(IEnumerable<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(texts.Select(CanonicalComposition.Apply)))));

    private static string Text(string points) =>
        string.Concat(points.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => char.ConvertFromUtf32(int.Parse(p, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));

    private static string Points(string text) => string.Join(' ', text.EnumerateRunes().Select(r => r.Value.ToString("X4", CultureInfo.InvariantCulture)));
}
