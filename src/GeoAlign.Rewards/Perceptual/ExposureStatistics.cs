namespace GeoAlign.Rewards;

/// <summary>How a video is exposed, from its luma (<see cref="Luma"/>) over all pixels of all frames.</summary>
/// <param name="MeanLuma">Mean luma, 0 to 255.</param>
/// <param name="DarkShare">Share of the pixels at or below the dark bound, in [0, 1]: detail lost in black.</param>
/// <param name="BrightShare">Share of the pixels at or above the bright bound, in [0, 1]: detail lost in white.</param>
public readonly record struct ExposureStatistics(double MeanLuma, double DarkShare, double BrightShare)
{
    /// <summary>Share of the pixels that are clipped at either end.</summary>
    public double ClippedShare => DarkShare + BrightShare;

    /// <summary>Measures a video.</summary>
    /// <param name="video">The video.</param>
    /// <param name="darkLuma">Luma up to which a pixel counts as black.</param>
    /// <param name="brightLuma">Luma from which on a pixel counts as white; above <paramref name="darkLuma"/>.</param>
    public static ExposureStatistics Of(VideoFrames video, byte darkLuma = 2, byte brightLuma = 253)
    {
        ArgumentNullException.ThrowIfNull(video);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(brightLuma, darkLuma);
        ReadOnlySpan<byte> rgb = video.Rgb24.Span;
        long sum = 0, dark = 0, bright = 0;
        for (int i = 0; i + 2 < rgb.Length; i += 3)
        {
            int luma = Luma.Of(rgb[i], rgb[i + 1], rgb[i + 2]);
            sum += luma;
            if (luma <= darkLuma) dark++;
            else if (luma >= brightLuma) bright++;
        }

        double pixels = rgb.Length / 3;
        return new ExposureStatistics(sum / pixels, dark / pixels, bright / pixels);
    }
}
