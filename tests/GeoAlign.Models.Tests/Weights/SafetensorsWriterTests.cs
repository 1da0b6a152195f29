using System.Text;

namespace GeoAlign.Models.Tests;

public class SafetensorsWriterTests
{
    [Fact]
    public void Every_type_survives_a_round_trip_and_lies_aligned()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("all.safetensors");
        byte[] data = [.. Enumerable.Range(0, 48).Select(i => (byte)(i * 7))];
        WeightToWrite[] tensors = [.. Enum.GetValues<WeightType>().Select(
            type => new WeightToWrite($"t.{type}", type, [2, 3], stream => stream.Write(data.AsSpan(0, 6 * type.SizeInBytes()))))];

        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string> { ["purpose"] = "σ \"quoted\"\n" });

        using SafetensorsFile source = SafetensorsFile.Open(path);
        Assert.Equal("σ \"quoted\"\n", source.Metadata["purpose"]);
        Assert.Equal(tensors.Length, source.Entries.Count);
        foreach (WeightToWrite tensor in tensors)
        {
            byte[] back = new byte[6 * tensor.Type.SizeInBytes()];
            source.ReadBytes(tensor.Name, 0, back);
            Assert.Equal(data[..back.Length], back);
            Assert.True(source.Entries[tensor.Name].Shape.SequenceEqual([2, 3]));
        }

        CheckAlignment(path);
    }

    [Fact]
    public void Equal_content_gives_equal_bytes_in_any_order()
    {
        using TemporaryFolder folder = new();
        WeightToWrite a = WeightToWrite.Of("a", [1], new float[] { 1 }), b = WeightToWrite.Of("b", [1], new float[] { 2 });

        SafetensorsWriter.Write(folder.File("ab"), [a, b]);
        SafetensorsWriter.Write(folder.File("ba"), [b, a]);

        Assert.Equal(File.ReadAllBytes(folder.File("ab")), File.ReadAllBytes(folder.File("ba")));
    }

    [Fact]
    public void An_older_file_is_replaced()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.safetensors");
        File.WriteAllText(path, "old");

        SafetensorsWriter.Write(path, [WeightToWrite.Of("a", [2], new float[] { 1, 2 })]);

        using SafetensorsFile source = SafetensorsFile.Open(path);
        Assert.Equal([1, 2], source.ReadSingles("a"));
    }

    [Fact]
    public void A_failure_leaves_the_older_file_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.safetensors");
        File.WriteAllText(path, "old");
        WeightToWrite tooShort = new("a", WeightType.F32, [2], stream => stream.Write(new byte[7]));

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => SafetensorsWriter.Write(path, [tooShort]));

        Assert.Contains("'a' wrote 7 bytes", e.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Two_tensors_of_one_name_are_refused()
    {
        using TemporaryFolder folder = new();
        WeightToWrite a = WeightToWrite.Of("a", [1], new float[] { 1 });

        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder.File("x"), [a, a]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder.File("x"), [a with { Name = "__metadata__" }]));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    /// <summary>Data begins at a multiple of 8 and larger elements come first, so that every tensor is aligned.</summary>
    private static void CheckAlignment(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        long header = BitConverter.ToInt64(file);
        string json = Encoding.UTF8.GetString(file, 8, (int)header);
        Assert.Equal(0, (8 + header) % 8);
        Assert.True(json.IndexOf("t.F64", StringComparison.Ordinal) < json.IndexOf("t.F32", StringComparison.Ordinal));
        Assert.True(json.IndexOf("t.I32", StringComparison.Ordinal) < json.IndexOf("t.BF16", StringComparison.Ordinal));
        Assert.True(json.IndexOf("t.I16", StringComparison.Ordinal) < json.IndexOf("t.Bool", StringComparison.Ordinal));
    }
}
