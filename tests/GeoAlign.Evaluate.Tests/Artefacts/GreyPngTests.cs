namespace GeoAlign.Evaluate.Tests.Artefacts;

public class GreyPngTests
{
    // Written by ffmpeg, every row with another filter.
    [Fact]
    public void Small_numbers_are_kept_exactly()
    {
        PixelMap map = GreyPng.Read(File.ReadAllBytes(Repository.Fixture("evaluation", "mask.png")), "mask.png");

        Assert.Equal((13, 21), (map.WidthPixels, map.HeightPixels));
        for (int y = 0; y < 21; y++)
            for (int x = 0; x < 13; x++) Assert.Equal(y < 15 ? x * y % 5 : (37 * x + 11 * y) % 251, map.Values[13 * y + x]);
    }

    [Fact]
    public void Colour_depth_and_interlacing_of_another_kind_are_refused()
    {
        Assert.Equal([1, 2, 3, 4], GreyPng.Read(GreyPngFile.Of(2, 2, (x, y) => (byte)(1 + x + 2 * y)), "f").Values);
        Assert.Contains("colour type 3", Refusal(GreyPngFile.Of(2, 2, (_, _) => 1, colourType: 3)), StringComparison.Ordinal);
        Assert.Contains("16 bits", Refusal(GreyPngFile.Of(2, 2, (_, _) => 1, bits: 16)), StringComparison.Ordinal);
        Assert.Contains("interlacing 1", Refusal(GreyPngFile.Of(2, 2, (_, _) => 1, interlacing: 1)), StringComparison.Ordinal);
        Assert.Contains("no PNG picture", Refusal([1, 2, 3]), StringComparison.Ordinal);

        static string Refusal(byte[] file) => Assert.Throws<InvalidDataException>(() => GreyPng.Read(file, "f")).Message;
    }

    [Fact]
    public void Any_cut_and_any_changed_byte_is_noticed()
    {
        byte[] whole = File.ReadAllBytes(Repository.Fixture("evaluation", "mask.png"));
        int end = whole.Length - 12;                           // IEND has no data, the pixels are complete before it
        for (int length = 0; length < whole.Length; length++) Assert.Throws<InvalidDataException>(() => GreyPng.Read(whole[..length], "f"));
        for (int at = 0; at < end; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x21;
            Assert.Throws<InvalidDataException>(() => GreyPng.Read(changed, "f"));
        }
    }
}
