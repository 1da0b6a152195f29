using System.IO.Compression;

namespace GeoAlign.Geometry.Tests.IO;

public class NpzArchiveTests
{
    [Theory]
    [InlineData(CompressionLevel.NoCompression), InlineData(CompressionLevel.SmallestSize)]
    public void Stored_and_deflated_members_are_read(CompressionLevel level)
    {
        NpzArchive archive = NpzArchive.Parse(Zip(level, ("b.npy", NpyArray.Of([2], [1.5, 2])), ("a.npy", NpyArray.Of([1], [7L])), ("note.txt", NpyArray.Of([1], [8L]))), "x.npz");

        Assert.Equal(["a", "b"], archive.Names);
        Assert.Equal([1.5, 2], archive["b"].Floats.ToArray());
        Assert.Equal([7], archive["a"].Integers.ToArray());
        FormatFixture.AssertRefused("x.npz", 0, () => archive["c"], "no member 'c', the file has a, b");
    }

    [Fact]
    public void What_is_written_is_read_back_and_equal_arrays_give_equal_files()
    {
        using ScratchFolder folder = new();
        KeyValuePair<string, NpyArray>[] arrays = [new("data", NpyArray.Of([1, 2], [0.1, 0.2])), new("inds", NpyArray.Of([1], [3L]))];

        NpzArchive.Write(folder["a.npz"], arrays);
        NpzArchive.Write(folder["b.npz"], arrays);

        Assert.Equal([0.1, 0.2], NpzArchive.Read(folder["a.npz"])["data"].Floats.ToArray());
        Assert.Equal(File.ReadAllBytes(folder["a.npz"]), File.ReadAllBytes(folder["b.npz"]));
    }

    [Fact]
    public void A_changed_value_fails_the_check_sum()
    {
        byte[] file = Zip(CompressionLevel.NoCompression, ("a.npy", NpyArray.Of([1], [1.0])));
        int data = file.AsSpan().IndexOf("NUMPY"u8) + 127;
        file[data + 3] ^= 1;

        FormatFixture.AssertRefused("x.npz", 0, () => NpzArchive.Parse(file, "x.npz"), "member a.npy: wrong check sum, expected an undamaged file");
    }

    [Fact]
    public void A_member_that_announces_more_than_deflate_can_hold_is_refused_before_it_is_unpacked()
    {
        byte[] file = Zip(CompressionLevel.SmallestSize, ("a.npy", NpyArray.Of([1], [1.0])));
        int directory = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(file.AsSpan(directory + 24), 2_000_000_000);           // uncompressed size

        long before = GC.GetAllocatedBytesForCurrentThread();
        FormatFixture.AssertRefused("x.npz", 0, () => NpzArchive.Parse(file, "x.npz"), "members of 2000000000 bytes announced, expected at most 1032 times the file");

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void A_cut_file_is_refused_wherever_it_ends()
    {
        byte[] file = Zip(CompressionLevel.SmallestSize, ("a.npy", NpyArray.Of([1], [1.0])));

        for (int length = 0; length < file.Length; length++)
            FormatFixture.AssertRefused("x.npz", 0, () => NpzArchive.Parse(file.AsSpan(0, length), "x.npz"), "expected a complete .npz file");
    }

    [Fact]
    public void A_member_that_occurs_twice_is_refused()
    {
        byte[] file = Zip(CompressionLevel.NoCompression, ("a.npy", NpyArray.Of([1], [1.0])), ("a.npy", NpyArray.Of([1], [2.0])));

        FormatFixture.AssertRefused("x.npz", 0, () => NpzArchive.Parse(file, "x.npz"), "member a.npy twice, expected it once");
    }

    internal static byte[] Zip(CompressionLevel level, params (string Name, NpyArray Array)[] members)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, NpyArray array) in members)
            {
                using Stream member = zip.CreateEntry(name, level).Open();
                array.Write(member);
            }
        }

        return stream.ToArray();
    }
}
