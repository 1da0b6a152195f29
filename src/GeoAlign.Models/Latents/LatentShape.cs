using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Size of the latents of one video: <c>[16, Frames, Height, Width]</c>, row-major, as the Wan autoencoder makes them.</summary>
/// <remarks>
/// One latent cell covers 8×8 pixels. Latent frame 0 is video frame 0 alone; every later latent frame covers four video frames
/// (Wan2.1: video frames = 4k + 1, latent frames = k + 1). Height and width are even because the transformer joins 2×2 cells to a token.
/// </remarks>
/// <param name="Frames">Latent frames F.</param>
/// <param name="Height">Latent rows H/8.</param>
/// <param name="Width">Latent columns W/8.</param>
public readonly record struct LatentShape(int Frames, int Height, int Width)
{
    /// <summary>Latent channels.</summary>
    public const int Channels = 16;

    /// <summary>Pixels along each side of a latent cell.</summary>
    public const int PixelsPerCell = 8;

    /// <summary>Video frames in every latent frame but the first.</summary>
    public const int VideoFramesPerLatentFrame = 4;

    private const int PixelsPerToken = 16;

    /// <summary>Numbers in the latents of one video.</summary>
    public int Count => checked(Channels * Frames * Height * Width);

    /// <summary>Frames of the video.</summary>
    public int VideoFrames => checked(VideoFramesPerLatentFrame * (Frames - 1) + 1);

    /// <summary>Rows of the video, pixels.</summary>
    public int HeightPixels => checked(PixelsPerCell * Height);

    /// <summary>Columns of the video, pixels.</summary>
    public int WidthPixels => checked(PixelsPerCell * Width);

    /// <summary>Bytes of the video as rgb24.</summary>
    public int VideoBytes => checked(VideoFrames * HeightPixels * WidthPixels * 3);

    /// <summary>Latent size of a video.</summary>
    /// <param name="videoFrames">Frames, 4k + 1.</param>
    /// <param name="heightPixels">Rows, a multiple of 16.</param>
    /// <param name="widthPixels">Columns, a multiple of 16.</param>
    /// <exception cref="ArgumentException">The video does not have such a size; the message gives the nearest that fit.</exception>
    public static LatentShape ForVideo(int videoFrames, int heightPixels, int widthPixels)
    {
        if (videoFrames < 1 || videoFrames % VideoFramesPerLatentFrame != 1)
        {
            int below = Math.Max(1, videoFrames - (videoFrames + VideoFramesPerLatentFrame - 1) % VideoFramesPerLatentFrame);
            int above = below + VideoFramesPerLatentFrame;
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A video of {videoFrames} frames has no latents: expected 4k + 1 frames, for instance {below} or {above}."),
                nameof(videoFrames));
        }

        CheckPixels(heightPixels, "high", nameof(heightPixels));
        CheckPixels(widthPixels, "wide", nameof(widthPixels));
        return new LatentShape(
            (videoFrames - 1) / VideoFramesPerLatentFrame + 1, heightPixels / PixelsPerCell, widthPixels / PixelsPerCell);
    }

    private static void CheckPixels(int pixels, string direction, string parameter)
    {
        if (pixels >= PixelsPerToken && pixels % PixelsPerToken == 0) return;
        int below = Math.Max(PixelsPerToken, pixels / PixelsPerToken * PixelsPerToken);
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"A video {pixels} pixels {direction} has no latents: expected a multiple of 16, as {below} or {below + PixelsPerToken}."),
            parameter);
    }
}
