namespace GeoAlign.Sampling.Tests.Video;

public class CoverCropTests
{
    [Theory]
    [InlineData(1280, 720, 832, 480, 853, 480, 10, 0)]        // 853.33 wide: 21 columns too many, 10 of them on the left (10.5 to even)
    [InlineData(720, 1280, 832, 480, 832, 1479, 0, 500)]      // 1479.1 high: 499.5 to even
    [InlineData(832, 480, 832, 480, 832, 480, 0, 0)]
    [InlineData(480, 270, 832, 480, 853, 480, 10, 0)]         // enlarged
    [InlineData(100, 100, 50, 25, 50, 50, 0, 12)]
    public void Sizes_and_offsets_are_those_of_scaling_to_cover(int width, int height, int wantedWidth, int wantedHeight, int scaledWidth, int scaledHeight, int left, int top) =>
        Assert.Equal(new CoverCrop(new(scaledWidth, scaledHeight), left, top), CoverCrop.Fit(new(width, height), new(wantedWidth, wantedHeight)));

    [Fact]
    public void The_crop_always_lies_inside_the_scaled_picture_and_one_side_fits_exactly() => ForAll.Seeds(500, rng =>
    {
        FrameSize source = new(rng.Next(1, 4000), rng.Next(1, 4000)), wanted = new(rng.Next(1, 2000), rng.Next(1, 2000));

        CoverCrop fit = CoverCrop.Fit(source, wanted);

        Assert.True(fit.Left >= 0 && fit.Left + wanted.Width <= fit.Scaled.Width, $"{source} → {wanted}: {fit}");
        Assert.True(fit.Top >= 0 && fit.Top + wanted.Height <= fit.Scaled.Height, $"{source} → {wanted}: {fit}");
        Assert.True(fit.Scaled.Width == wanted.Width || fit.Scaled.Height == wanted.Height, $"{source} → {wanted}: {fit}");
    });
}
