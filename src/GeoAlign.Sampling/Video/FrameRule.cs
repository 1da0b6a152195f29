namespace GeoAlign.Sampling;

/// <summary>The video autoencoder takes 4k + 1 frames: one latent frame for the first picture, one for every four that follow.</summary>
public static class FrameRule
{
    /// <summary>Whether a clip of this length can be encoded as it is.</summary>
    public static bool Fits(int frameCount) => frameCount > 0 && frameCount % 4 == 1;

    /// <summary>How many of the first frames of a video are used: the largest 4k + 1 that is not above <paramref name="frameCount"/>.</summary>
    /// <remarks>ReDirector's inference: <c>n mod 4 ≠ 0 → 4⌊n/4⌋ + 1, else n − 3</c>; 81 → 81, 80 → 77.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">No frame.</exception>
    public static int UsedFrames(int frameCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameCount);
        return frameCount % 4 != 0 ? 4 * (frameCount / 4) + 1 : frameCount - 3;
    }
}
