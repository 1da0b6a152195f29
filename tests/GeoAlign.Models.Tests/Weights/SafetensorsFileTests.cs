using System.Buffers.Binary;

namespace GeoAlign.Models.Tests;

public class SafetensorsFileTests
{
    [Fact]
    public void A_golden_file_reads_as_the_plain_reader_reads_it()
    {
        FixtureTensors expected = FixtureTensors.Load("models", "redirector_tiny.weights.safetensors");

        using IWeightSource source = WeightSources.Open(expected.Path);

        Assert.Equal(expected.Names.Order(StringComparer.Ordinal), source.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("101", source.Metadata["seed"]);
        foreach (string name in expected.Names)
        {
            Assert.Equal(expected[name].Shape.Select(size => (long)size), source.Entries[name].Shape);
            Assert.Equal(expected[name].Floats(), source.ReadSingles(name));
        }
    }

    [Fact]
    public void A_piece_of_a_tensor_is_the_piece_of_the_whole()
    {
        using SafetensorsFile source = SafetensorsFile.Open(Repository.Fixture("models", "redirector_tiny.weights.safetensors"));
        float[] whole = source.ReadSingles("control_adapter.conv.weight");           // larger than one chunk of the reader
        float[] piece = new float[20_001];

        source.ReadSingles("control_adapter.conv.weight", 13, piece);

        Assert.Equal(whole.AsSpan(13, piece.Length).ToArray(), piece);
    }

    [Fact]
    public void Bytes_outside_a_tensor_are_refused()
    {
        using SafetensorsFile source = SafetensorsFile.Open(Repository.Fixture("models", "redirector_tiny.weights.safetensors"));
        long length = source.Entries["head.head.bias"].ByteLength;

        Assert.Throws<ArgumentOutOfRangeException>(() => source.ReadBytes("head.head.bias", length - 3, new byte[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.ReadBytes("head.head.bias", -1, new byte[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.ReadBytes("head.head.bias", 0, new byte[length + 1]));
        KeyNotFoundException e = Assert.Throws<KeyNotFoundException>(() => source.ReadBytes("head.tail", 0, new byte[4]));
        Assert.Contains("redirector_tiny.weights.safetensors", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F16", new byte[] { 0x00, 0x3C, 0x00, 0xC0, 0x00, 0x7C }, new[] { 1f, -2f, float.PositiveInfinity })]
    [InlineData("BF16", new byte[] { 0x80, 0x3F, 0x00, 0xC0, 0x49, 0x40 }, new[] { 1f, -2f, 3.140625f })]
    [InlineData("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0 }, new[] { 1f, -2f })]
    public void Stored_types_widen_to_single(string code, byte[] data, float[] expected)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.safetensors");
        byte[] file = SafetensorsBytes.Of(
            $$"""{"x":{"dtype":"{{code}}","shape":[{{expected.Length}}],"data_offsets":[0,{{data.Length}}]} }""", data.Length);
        data.CopyTo(file.AsSpan(file.Length - data.Length));
        File.WriteAllBytes(path, file);

        using SafetensorsFile source = SafetensorsFile.Open(path);

        Assert.Equal(expected, source.ReadSingles("x"));
    }

    [Fact]
    public void Integers_are_not_read_as_real_numbers()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.safetensors");
        File.WriteAllBytes(path, SafetensorsBytes.Of("""{"x":{"dtype":"I32","shape":[2],"data_offsets":[0,8]}}""", 8));
        using SafetensorsFile source = SafetensorsFile.Open(path);

        WeightFormatException e = Assert.Throws<WeightFormatException>(() => source.ReadSingles("x"));

        Assert.Equal("x", e.Tensor);
    }

    [Fact]
    public void A_scalar_and_an_empty_tensor_are_read()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.safetensors");
        File.WriteAllBytes(path, SafetensorsBytes.Of(
            """{"none":{"dtype":"F32","shape":[3,0,2],"data_offsets":[4,4]},"one":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4));

        using SafetensorsFile source = SafetensorsFile.Open(path);

        Assert.Equal(1, source.Entries["one"].ElementCount);
        Assert.Equal(0, source.Entries["none"].ElementCount);
        Assert.Empty(source.ReadSingles("none"));
        Assert.Single(source.ReadSingles("one"));
    }

    [Theory]
    [InlineData("""[1]""", 0, "not a JSON object")]
    [InlineData("""{""", 0, "not valid JSON")]
    [InlineData("""{} {}""", 0, "not valid JSON")]
    [InlineData("""{"a":[[[[1]]]]}""", 0, "not an object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[true],"data_offsets":[0,4]}}""", 4, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8,
        "twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8,
        "twice")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "twice")]
    [InlineData("""{"a":{"dtype":"F8","shape":[1],"data_offsets":[0,1]}}""", 1, "F8")]
    [InlineData("""{"a":{"dtype":"0","shape":[1],"data_offsets":[0,8]}}""", 8, "element type")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}""", 4, "besides")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 0, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "1 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "more than 2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", 4, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "more elements")]
    [InlineData("""{"a":{"dtype":"F64","shape":[4611686018427387904],"data_offsets":[0,0]}}""", 0, "takes 36893488147419103232 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "more than 16")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "takes 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "do not lie")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 4, "do not lie")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8,
        "inside another")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12,
        "hole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "take 4 bytes")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "texts")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "twice")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "not valid JSON")]
    public void A_broken_header_is_refused_with_its_reason(string header, int dataLength, string reason)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("broken.safetensors");
        File.WriteAllBytes(path, SafetensorsBytes.Of(header, dataLength));

        WeightFormatException e = Assert.Throws<WeightFormatException>(() => SafetensorsFile.Open(path));

        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_file_shorter_than_its_length_field_is_refused(int length)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("short.safetensors");
        File.WriteAllBytes(path, new byte[length]);

        Assert.Throws<WeightFormatException>(() => SafetensorsFile.Open(path));
    }

    [Theory]
    [InlineData(3UL)]
    [InlineData(100_000_001UL)]
    [InlineData(ulong.MaxValue)]
    public void A_header_length_beyond_the_file_or_the_limit_is_refused(ulong length)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("long.safetensors");
        byte[] file = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        File.WriteAllBytes(path, file);

        WeightFormatException e = Assert.Throws<WeightFormatException>(() => SafetensorsFile.Open(path));

        Assert.Contains("header length", e.Message, StringComparison.Ordinal);
    }
}
