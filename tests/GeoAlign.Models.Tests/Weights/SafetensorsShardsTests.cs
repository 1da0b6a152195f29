namespace GeoAlign.Models.Tests;

public class SafetensorsShardsTests
{
    private static readonly float[] First = [1, 2, 3];
    private static readonly float[] Second = [4, 5];

    [Fact]
    public void An_index_joins_its_shards()
    {
        using TemporaryFolder folder = TwoShards();
        File.WriteAllText(folder.File("m.safetensors.index.json"),
            """{"metadata":{"total_size":20},"weight_map":{"a":"m-00001-of-00002.safetensors","b":"m-00002-of-00002.safetensors"}}""");

        using IWeightSource source = WeightSources.Open(folder.Path);

        Assert.Equal(["a", "b"], source.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(First, source.ReadSingles("a"));
        Assert.Equal(Second, source.ReadSingles("b"));
    }

    [Fact]
    public void A_folder_without_an_index_is_the_union_of_its_files()
    {
        using TemporaryFolder folder = TwoShards();

        using IWeightSource source = WeightSources.Open(folder.Path);

        Assert.Equal(Second, source.ReadSingles("b"));
    }

    [Theory]
    [InlineData("m-*.safetensors", "ab")]
    [InlineData("m-0000?-of-00002.safetensors", "ab")]
    [InlineData("*2-of*", "b")]
    public void A_pattern_is_the_union_of_the_files_it_matches(string pattern, string keys)
    {
        using TemporaryFolder folder = TwoShards();
        File.WriteAllText(folder.File("notes.txt"), "not weights");

        using IWeightSource source = WeightSources.Open(folder.File(pattern));

        Assert.Equal(keys, string.Concat(source.Entries.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal(Second, source.ReadSingles("b"));
    }

    [Theory]
    [InlineData("n-*.safetensors")]
    [InlineData("no folder/*.safetensors")]
    public void A_pattern_that_matches_nothing_is_named(string pattern)
    {
        using TemporaryFolder folder = TwoShards();

        Assert.Contains(pattern, Assert.Throws<FileNotFoundException>(() => WeightSources.Open(folder.File(pattern))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_in_two_shards_is_refused()
    {
        using TemporaryFolder folder = TwoShards();
        SafetensorsWriter.Write(folder.File("more.safetensors"), [WeightToWrite.Of("a", [3], First)]);

        WeightFormatException e = Assert.Throws<WeightFormatException>(() => WeightSources.Open(folder.Path));

        Assert.Equal("a", e.Tensor);
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"../m-00001-of-00002.safetensors"}}""", "beside the index")]
    [InlineData("""{"weight_map":{"a":"/etc/passwd"}}""", "beside the index")]
    [InlineData("""{"weight_map":{"a":""}}""", "beside the index")]
    [InlineData("""{"weight_map":{"a":3}}""", "texts")]
    [InlineData("""{"weight_map":{"b":"m-00001-of-00002.safetensors"}}""", "does not have it")]
    [InlineData("""{"weights":{}}""", "weight_map")]
    [InlineData("""{"weight_map":""", "JSON")]
    [InlineData("""{"weight_map":{"a":"m-00001-of-00002.safetensors","a":"m-00001-of-00002.safetensors"}}""", "twice")]
    public void A_broken_index_is_refused_with_its_reason(string index, string reason)
    {
        using TemporaryFolder folder = TwoShards();
        string path = folder.File("m.safetensors.index.json");
        File.WriteAllText(path, index);

        WeightFormatException e = Assert.Throws<WeightFormatException>(() => WeightSources.Open(path));

        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_has_nothing_to_open()
    {
        using TemporaryFolder folder = new();

        Assert.Throws<FileNotFoundException>(() => WeightSources.Open(folder.Path));
    }

    private static TemporaryFolder TwoShards()
    {
        TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("m-00001-of-00002.safetensors"), [WeightToWrite.Of("a", [3], First)]);
        SafetensorsWriter.Write(folder.File("m-00002-of-00002.safetensors"), [WeightToWrite.Of("b", [2], Second)]);
        return folder;
    }
}
