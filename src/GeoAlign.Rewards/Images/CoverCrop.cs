namespace GeoAlign.Rewards;

/// <summary>How an image is made to cover a size without distortion: resized, then cropped in the middle.</summary>
/// <param name="Resized">Size after the resize; covers the target.</param>
/// <param name="Left">First column kept.</param>
/// <param name="Top">First row kept.</param>
/// <param name="Filter">Lanczos when shrinking, bicubic otherwise.</param>
/// <remarks>
/// <c>s = max(W/W₁, H/H₁) + 1e-8</c>, <c>W_r = ⌊W₁·s⌋</c>, <c>H_r = ⌊H₁·s⌋</c>, left = ⌊(W_r − W)/2⌋, top likewise: MapAnything's
/// (arXiv 2509.13414) preparation of images. Both sides are floored on their own, so the aspect may change by less than a pixel.
/// </remarks>
public readonly record struct CoverCrop(ImageSize Resized, int Left, int Top, ResampleFilter Filter)
{
    /// <summary>The resize and crop that bring <paramref name="input"/> to <paramref name="target"/>.</summary>
    public static CoverCrop Of(ImageSize input, ImageSize target)
    {
        double scale = Math.Max((double)target.WidthPixels / input.WidthPixels, (double)target.HeightPixels / input.HeightPixels) + 1e-8;
        ImageSize resized = new((int)Math.Floor(input.WidthPixels * scale), (int)Math.Floor(input.HeightPixels * scale));
        return new(
            resized,
            (resized.WidthPixels - target.WidthPixels) / 2,
            (resized.HeightPixels - target.HeightPixels) / 2,
            scale < 1 ? ResampleFilter.Lanczos : ResampleFilter.Bicubic);
    }
}
