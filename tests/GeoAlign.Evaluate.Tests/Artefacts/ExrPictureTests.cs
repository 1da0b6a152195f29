namespace GeoAlign.Evaluate.Tests.Artefacts;

public class ExrPictureTests
{
    // Written by the OpenEXR library itself (3.1): size, whether the picture is noisy, what it packs rows with.
    [Theory]
    [InlineData("default.exr", 21, false)]                     // half, ZIP: 16 rows and 5
    [InlineData("none.exr", 21, true)]
    [InlineData("rle.exr", 21, false)]
    [InlineData("zips.exr", 21, false)]                        // float beside three other channels
    [InlineData("zip_window.exr", 37, true)]                   // float; the first pixel is (5, −3), rows from the bottom, four channels
    [InlineData("zip_noise.exr", 21, true)]
    public void Files_of_the_library_hold_what_was_written(string file, int height, bool isNoisy)
    {
        PixelMap map = ExrPicture.Read(File.ReadAllBytes(Repository.Fixture("evaluation", file)), "Z", file);

        Assert.Equal((13, height), (map.WidthPixels, map.HeightPixels));
        bool isHalf = file is not ("zips.exr" or "zip_window.exr");
        uint state = 7;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < 13; x++)
            {
                state = 1664525 * state + 1013904223;
                float expected = 1 + 0.125f * x + 0.5f * (y / 4) + (isNoisy ? ((state >> 9) & 0xFFFF) / 4096f : 0);
                Assert.Equal(isHalf ? (float)(Half)expected : expected, map.Values[13 * y + x]);
            }
        }
    }

    [Theory]
    [InlineData("piz.exr", "packed as Piz")]
    [InlineData("tiled.exr", "single-part scan-line")]
    [InlineData("mask.png", "no OpenEXR file")]
    public void Other_kinds_are_refused_by_name(string file, string reason)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ExrPicture.Read(File.ReadAllBytes(Repository.Fixture("evaluation", file)), "Z", file));

        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_is_not_there_or_holds_whole_numbers_is_refused()
    {
        byte[] file = File.ReadAllBytes(Repository.Fixture("evaluation", "zips.exr"));

        Assert.Contains("'A', 'Z', 'ZBack', 'id'", Assert.Throws<InvalidDataException>(() => ExrPicture.Read(file, "Y", "f")).Message, StringComparison.Ordinal);
        Assert.Contains("whole numbers", Assert.Throws<InvalidDataException>(() => ExrPicture.Read(file, "id", "f")).Message, StringComparison.Ordinal);
        Assert.Equal(2, ExrPicture.Read(file, "ZBack", "f").Values[0]);
    }

    [Theory]
    [InlineData("default.exr")]
    [InlineData("rle.exr")]
    [InlineData("none.exr")]
    public void Cut_and_changed_files_are_read_or_refused_and_do_nothing_else(string file)
    {
        byte[] whole = File.ReadAllBytes(Repository.Fixture("evaluation", file));
        for (int length = 0; length < whole.Length; length++) Assert.Throws<InvalidDataException>(() => ExrPicture.Read(whole[..length], "Z", file));
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte value in new byte[] { 0, 1, 0x7F, 0x80, 0xFF, (byte)(whole[at] ^ 4) })
            {
                byte[] changed = [.. whole];
                changed[at] = value;
                try
                {
                    Assert.True(ExrPicture.Read(changed, "Z", file).Values.Length > 0);
                }
                catch (InvalidDataException)
                {
                    // refused: the other way to end
                }
            }
        }
    }

    [Fact]
    public void Half_floats_keep_infinity_and_the_smallest_numbers()
    {
        double[] depths = [0, 65504, double.PositiveInfinity, 5.9604644775390625e-8, 1.5];

        Assert.Equal(depths, ExrPicture.Read(ExrFile.Of(5, 1, (x, _) => depths[x]), "Z", "f").Values.Select(v => (double)v));
    }
}
