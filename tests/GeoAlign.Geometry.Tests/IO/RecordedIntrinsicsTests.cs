namespace GeoAlign.Geometry.Tests.IO;

public class RecordedIntrinsicsTests
{
    private static readonly RecordedIntrinsics Pixels = new(640, 648, 640, 180) { WidthPixels = 1280, HeightPixels = 720 };

    [Fact]
    public void Fractions_become_pixels_of_the_stated_size_and_back()
    {
        RecordedIntrinsics fractions = new(0.5, 0.9, 0.5, 0.25) { IsNormalised = true, WidthPixels = 1280, HeightPixels = 720 };

        Assert.Equal(new CameraIntrinsics(640, 648, 640, 180, 1280, 720), fractions.InPixels());
        Assert.Equal(fractions.InPixels(), Pixels.InPixels());
        Assert.Equal(fractions.Normalised(), Pixels.Normalised());
        Assert.Equal(Pixels, RecordedIntrinsics.From(fractions.InPixels()));
    }

    [Fact]
    public void Without_an_image_size_pixels_are_no_fractions_and_fractions_no_pixels()
    {
        Assert.Throws<InvalidOperationException>(() => (Pixels with { WidthPixels = null }).Normalised());
        Assert.Throws<InvalidOperationException>(() => (Pixels with { HeightPixels = null }).InPixels());
        Assert.Throws<InvalidOperationException>(() => new RecordedIntrinsics(0.5, 0.9, 0.5, 0.25) { IsNormalised = true }.InPixels());
    }
}
