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
}
