namespace GeoAlign.Models.Tests;

public class PytorchFileTests
{
    [Theory]
    [InlineData("module", "module")]
    [InlineData("plain", "plain")]
    [InlineData("plain_newer", "plain")]
    [InlineData("plain_legacy", "plain")]
    [InlineData("nested", "plain")]
    public void A_golden_checkpoint_reads_to_the_bit(string file, string expected)
    {
        using IWeightSource found = WeightSources.Open(Repository.Fixture("models", $"pth_sample_{file}.pth"));
        using IWeightSource golden = WeightSources.Open(Repository.Fixture("models", $"pth_sample_{expected}.expected.safetensors"));

        Assert.IsType<PytorchFile>(found);
        Assert.Equal(golden.Entries.Keys.Order(StringComparer.Ordinal), found.Entries.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, WeightEntry entry) in golden.Entries)
        {
            Assert.Equal(entry.ToString(), found.Entries[name].ToString());
            Assert.Equal(entry.ElementCount, found.Entries[name].ElementCount);
            byte[] expectedBytes = new byte[entry.ByteLength], foundBytes = new byte[entry.ByteLength];
            golden.ReadBytes(name, 0, expectedBytes);
            found.ReadBytes(name, 0, foundBytes);
            Assert.Equal(expectedBytes, foundBytes);
        }
    }

    [Theory]
    [InlineData("transposed")]
    [InlineData("slice")]
    [InlineData("shared_b")]
    public void Every_piece_of_a_view_is_the_piece_of_the_whole(string name)
    {
        using PytorchFile file = PytorchFile.Open(Repository.Fixture("models", "pth_sample_plain.pth"));
        byte[] whole = new byte[file.Entries[name].ByteLength];
        file.ReadBytes(name, 0, whole);

        for (int begin = 0; begin <= whole.Length; begin++)
        {
            for (int end = begin; end <= whole.Length; end++)
            {
                byte[] piece = new byte[end - begin];
                file.ReadBytes(name, begin, piece);
                Assert.Equal(whole[begin..end], piece);
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => file.ReadBytes(name, 1, new byte[whole.Length]));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.ReadBytes(name, -1, new byte[1]));
    }

    // torch's expand: an axis whose stride is 0 repeats what is stored once.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Repeated_elements_read_as_often_as_the_shape_says(bool legacy)
    {
        using TemporaryFolder folder = new();
        byte[] pickle = new PickleBytes().Op('}').Text("w").Tensor("0", 4, 1, [3, 2, 2], [0, 2, 0], legacy: legacy).Op('s').Stop();
        (string, byte[]) storage = ("0", CheckpointBytes.Row(4));
        File.WriteAllBytes(folder.File("x"), legacy ? CheckpointBytes.Legacy(pickle, storage) : CheckpointBytes.Zip(pickle, storage));

        using IWeightSource source = WeightSources.Open(folder.File("x"));

        Assert.Equal([1, 1, 3, 3, 1, 1, 3, 3, 1, 1, 3, 3], source.ReadSingles("w"));
    }
}
