using System.Globalization;

namespace GeoAlign.Models.Tests;

/// <summary>Checkpoints that are broken or hostile: each is refused with its reason, in little time and memory.</summary>
public class PytorchRefusalTests
{
    private static readonly (string, byte[]) Six = ("0", CheckpointBytes.Row(6));

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    [InlineData("torch._utils", "_rebuild_sparse_tensor")]
    [InlineData("torch", "QInt8Storage")]
    [InlineData("numpy.core.multiarray", "_reconstruct")]
    public void Any_other_name_is_refused_by_name(string module, string name)
    {
        byte[] pickle = new PickleBytes().Global(module, name).Op('(').Text("rm -rf /").Op('t').Op('R').Stop();

        Assert.Contains($"'{module}.{name}'", Refused(CheckpointBytes.Zip(pickle)), StringComparison.Ordinal);
        Assert.Contains($"'{module}.{name}'", Refused(CheckpointBytes.Legacy(pickle)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, new long[] { 7 }, new long[] { 1 }, "beyond its storage of 6")]
    [InlineData(1, new long[] { 6 }, new long[] { 1 }, "beyond its storage of 6")]
    [InlineData(0, new long[] { 2, 3 }, new long[] { 4, 1 }, "beyond its storage of 6")]
    [InlineData(0, new long[] { 1L << 40 }, new long[] { 0 }, "beyond its storage of 6")]
    [InlineData(0, new long[] { 1025, 1024 }, new long[] { 0, 0 }, "beyond its storage of 6")]
    [InlineData(5, new long[] { 3, 2 }, new long[] { 0, 1 }, "beyond its storage of 6")]
    [InlineData(0, new long[] { 2 }, new long[] { long.MaxValue }, "beyond its storage of 6")]
    [InlineData(long.MaxValue, new long[] { 1 }, new long[] { 1 }, "beyond its storage of 6")]
    [InlineData(0, new[] { long.MaxValue, 2 }, new long[] { 1, 1 }, "more elements")]
    [InlineData(-1, new long[] { 2 }, new long[] { 1 }, "its offset")]
    [InlineData(0, new long[] { -2 }, new long[] { 1 }, "its shape")]
    [InlineData(5, new long[] { 2 }, new long[] { -1 }, "its strides")]
    [InlineData(0, new long[] { 2 }, new long[] { 1, 1 }, "1 sizes but 2 strides")]
    [InlineData(0, new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, new long[] { 1 }, "17 numbers")]
    public void A_view_outside_its_storage_is_refused(long offset, long[] sizes, long[] strides, string reason)
    {
        byte[] pickle = new PickleBytes().Op('}').Text("w").Tensor("0", 6, offset, sizes, strides).Op('s').Stop();

        string message = Refused(CheckpointBytes.Zip(pickle, Six));

        Assert.Contains("tensor 'w'", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 7, "holds 6 elements of F32, expected 7")]
    [InlineData("0", 1L << 60, "holds 6 elements of F32, expected 1152921504606846976")]
    [InlineData("1", 6, "no file 'root/data/1'")]
    [InlineData("../data.pkl", 6, "no file")]
    public void A_storage_that_is_not_there_or_too_short_is_refused(string key, long count, string reason)
    {
        byte[] pickle = new PickleBytes().Op('}').Row("w", key, count).Op('s').Stop();

        Assert.Contains(reason, Refused(CheckpointBytes.Zip(pickle, Six)), StringComparison.Ordinal);
    }

    [Fact]
    public void Archives_that_unpack_are_refused()
    {
        byte[] pickle = new PickleBytes().Op('}').Row("w", "0", 6).Op('s').Stop();
        byte[] data = CheckpointBytes.Row(6);

        Refuses("compressed (method 8)", new ZipBytes().Add("r/data.pkl", pickle).Add("r/data/0", data, method: 8));
        Refuses("compressed (method 8)", new ZipBytes().Add("r/data.pkl", pickle, method: 8).Add("r/data/0", data));
        Refuses("encrypted", new ZipBytes().Add("r/data.pkl", pickle).Add("r/data/0", data, flags: 1));
        Refuses("does not lie before", new ZipBytes().Add("r/data.pkl", pickle).Add("r/data/0", data, length: uint.MaxValue - 1));
        Refuses("shares bytes", new ZipBytes().Add("r/data.pkl", pickle).Add("r/data/0", data, headerOffset: 0));
        Refuses("no header", new ZipBytes().Add("r/data.pkl", pickle).Add("r/data/0", data, headerOffset: 7));
        Refuses("'r/data.pkl' twice", new ZipBytes().Add("r/data.pkl", pickle).Add("r/data.pkl", pickle));
        Refuses("several files data.pkl", new ZipBytes().Add("r/data.pkl", pickle).Add("s/data.pkl", pickle));
        Refuses("no file data.pkl", new ZipBytes().Add("r/model.json", pickle));
        Refuses("not little-endian", new ZipBytes().Add("r/data.pkl", pickle).Add("r/byteorder", "big"u8.ToArray()));
        Assert.Contains("cut off", Refused(new ZipBytes().Add("r/data.pkl", pickle).Finish()[..^1]), StringComparison.Ordinal);

        static void Refuses(string reason, ZipBytes zip) => Assert.Contains(reason, Refused(zip.Finish()), StringComparison.Ordinal);
    }

    [Fact]
    public void Directories_that_claim_petabytes_are_refused()
    {
        byte[] zip = new ZipBytes { Wide = true }.Add("r/data.pkl", new PickleBytes().Op('}').Stop()).Finish();
        int end64 = zip.Length - 22 - 20 - 56;
        foreach (int field in new[] { 24, 32, 40, 48 })           // entries here, entries, length, place
        {
            foreach (long claim in new[] { 1L << 50, long.MaxValue, -1 })
            {
                byte[] hostile = [.. zip];
                BitConverter.GetBytes(claim).CopyTo(hostile, end64 + field);
                if (field == 24) BitConverter.GetBytes(claim).CopyTo(hostile, end64 + 32);
                Assert.Contains("directory", Refused(hostile), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("early")]
    [InlineData("late")]
    public void Broken_sequences_of_pickles_are_refused(string place)
    {
        byte[] pickle = new PickleBytes().Op('}').Row("w", "0", 6, legacy: true).Op('s').Stop();
        byte[] good = CheckpointBytes.Legacy(pickle, Six);
        using (PytorchFile file = Open(good)) Assert.Equal([0, 1, 2, 3, 4, 5], file.ReadSingles("w"));

        if (place == "early")
        {
            byte[] otherMagic = [.. good];
            otherMagic[6]++;
            Assert.Contains("magic number", Refused(otherMagic), StringComparison.Ordinal);
            Assert.Contains("magic number", Refused(pickle), StringComparison.Ordinal);
        }
        else
        {
            for (int length = 1; length < good.Length; length++) Refused(good[..length]);
            Assert.Contains("holds 5 elements, expected 6", Refused(CheckpointBytes.Legacy(pickle, ("0", CheckpointBytes.Row(5)))), StringComparison.Ordinal);
            Assert.Contains("no tensor has", Refused(CheckpointBytes.Legacy(pickle, ("1", CheckpointBytes.Row(6)))), StringComparison.Ordinal);
            Assert.Contains("is not in the file", Refused(CheckpointBytes.Legacy(pickle)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("80 04 7d 2e", "pickle protocol 4")]
    [InlineData("80 02 4e 2e", "not a dictionary")]
    [InlineData("80 02 2e", "0 values")]
    [InlineData("80 02 7d 7d 2e", "2 values")]
    [InlineData("80 02 30 2e", "instruction 0x30")]
    [InlineData("80 02 52 2e", "a value that is not there")]
    [InlineData("80 02 4e 28 71 00 2e", "a value that is not there")]
    [InlineData("80 02 74 2e", "a mark that is not there")]
    [InlineData("80 02 68 07 2e", "recalls value 7")]
    [InlineData("80 02 58 ff ff ff ff 2e", "a text of 4294967295 bytes")]
    [InlineData("80 02 58 02 00 00 00 c3 28 2e", "not valid UTF-8")]
    [InlineData("80 02 63 61", "a name has no end")]
    [InlineData("80 02 7d 4e 61 2e", "something else than a list")]
    [InlineData("80 02 5d 4e 4e 73 2e", "something else than a dictionary")]
    [InlineData("80 02 7d 28 4e 75 2e", "something else than a dictionary")]
    [InlineData("80 02 4e 7d 62 2e", "the state of something else")]
    [InlineData("80 02 4e 4e 52 2e", "no known name")]
    [InlineData("80 02 4e 51 2e", "a storage is not described")]
    [InlineData("80 02 7d", "ends in the middle")]
    [InlineData("80 02 7d 2e", "no tensors at the top")]
    public void A_broken_pickle_is_refused_with_its_reason(string bytes, string reason)
    {
        byte[] pickle = [.. bytes.Split(' ').Select(b => byte.Parse(b, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];

        Assert.Contains(reason, Refused(CheckpointBytes.Zip(pickle)), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_contain_themselves_and_deep_nesting_end_soon()
    {
        byte[] ownWrapper = new PickleBytes().Op('}').Raw((byte)'q', 0).Text("model").Raw((byte)'h', 0).Op('s').Stop();
        byte[] ownKey = new PickleBytes().Op('}').Raw((byte)'q', 0).Raw((byte)'h', 0).Raw((byte)'h', 0).Op('s').Stop();
        PickleBytes nested = new(), tuples = new PickleBytes().Op('}').Op(')');
        for (int i = 0; i < 100_000; i++) nested.Op('}').Text("model");
        for (int i = 0; i < 100_000; i++) nested.Op(i == 0 ? 'N' : 's');
        for (int i = 0; i < 1_000_000; i++) tuples.Raw(0x85);

        Assert.Contains("no tensors", Refused(CheckpointBytes.Zip(ownWrapper)), StringComparison.Ordinal);
        Assert.Contains("no tensors", Refused(CheckpointBytes.Zip(ownKey)), StringComparison.Ordinal);
        Refused(CheckpointBytes.Zip(nested.Op('s').Stop()));
        Assert.Contains("no tensors", Refused(CheckpointBytes.Zip(tuples.Op('N').Op('s').Stop())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(']')]
    [InlineData('}')]
    [InlineData('(')]
    [InlineData('N')]
    public void A_pickle_of_one_instruction_repeated_takes_little_memory(char opcode)
    {
        byte[] pickle = new byte[8_000_000];
        pickle.AsSpan().Fill((byte)opcode);
        pickle[0] = 0x80;
        pickle[1] = 2;
        byte[] zip = CheckpointBytes.Zip(pickle);

        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Refused(zip);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Contains("instructions", message, StringComparison.Ordinal);
        Assert.True(allocated < 400_000_000, $"{allocated} bytes");        // 100 a byte at most, and not for ever
    }

    [Fact]
    public void A_pickle_longer_than_any_checkpoint_has_is_refused() =>
        Assert.Contains("expected at most", Refused(CheckpointBytes.Zip(new byte[PytorchFile.LongestPickleBytes + 1])), StringComparison.Ordinal);

    private static PytorchFile Open(byte[] bytes)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("x.pth"), bytes);
        return PytorchFile.Open(folder.File("x.pth"));             // an open file outlives its name
    }

    private static string Refused(byte[] bytes)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("hostile.pth");
        File.WriteAllBytes(path, bytes);
        WeightFormatException e = Assert.Throws<WeightFormatException>(() => PytorchFile.Open(path));
        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
        Assert.True(e.Message.Length < 1000, "a message stays short");
        return e.Message;
    }
}
