namespace GeoAlign.Evaluate.Tests.Artefacts;

public class FrameZipTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i % 7))];

    [Fact]
    public void Members_are_found_by_the_number_of_their_frame()
    {
        using TemporaryFolder files = new();
        using FrameZip zip = new(SceneOnDisk.Zip(files.At("d.zip"), [("00010.exr", Content), ("00002.exr", [])]), ".exr");

        Assert.Equal([2, 10], zip.Frames);
        Assert.Equal(Content, zip.Read(10));
        Assert.Empty(zip.Read(2));
        Assert.Contains("no picture of the frame", Assert.Throws<InvalidDataException>(() => zip.Read(3)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../00000.exr")]
    [InlineData("00000.png")]
    [InlineData("-1.exr")]
    [InlineData("99999999999.exr")]
    [InlineData("depth/")]
    [InlineData("0.exr", "00000.exr")]
    public void Names_that_are_no_frames_and_frames_that_are_there_twice_are_refused(params string[] names)
    {
        using TemporaryFolder files = new();
        string path = SceneOnDisk.Zip(files.At("d.zip"), names.Select(n => (n, n.EndsWith('/') ? [] : Content)));

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => new FrameZip(path, ".exr")).Message, StringComparison.Ordinal);
        File.Delete(path);                                     // closed again
    }

    [Fact]
    public void Changed_and_cut_files_are_refused()
    {
        using TemporaryFolder files = new();
        byte[] whole = File.ReadAllBytes(SceneOnDisk.Zip(files.At("d.zip"), [("00000.exr", Content)]));
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0xFF;
            Try(changed);
            Try(whole[..at]);
        }

        void Try(byte[] bytes)
        {
            File.WriteAllBytes(files.At("d.zip"), bytes);
            try
            {
                using FrameZip zip = new(files.At("d.zip"), ".exr");
                if (zip.Frames.Contains(0)) Assert.Equal(Content, zip.Read(0));
            }
            catch (InvalidDataException)
            {
                // refused: the other way to end
            }
        }
    }
}
