using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Size of the latents of one video: <c>[Channels, Frames, Height, Width]</c>, row-major.</summary>
/// <remarks>
/// What a latent cell covers is in the <see cref="Layout"/>; in Wan's, 8×8 pixels, and four video frames in every latent frame but the
/// first (video frames = 4k + 1, latent frames = k + 1). Height and width are even because the transformer joins 2×2 cells to a token.
/// </remarks>
/// <param name="Frames">Latent frames F.</param>
/// <param name="Height">Latent rows.</param>
/// <param name="Width">Latent columns.</param>
/// <param name="Layout">What a cell covers.</param>
public readonly record struct LatentShape(int Frames, int Height, int Width, LatentLayout Layout)
{
    /// <summary>Latents of the Wan autoencoder.</summary>
    public LatentShape(int frames, int height, int width) : this(frames, height, width, LatentLayout.Wan)
    {
    }

    /// <summary>Numbers in the latents of one video.</summary>
    public int Count => checked(Layout.Channels * Frames * Height * Width);

    /// <summary>Frames of the video.</summary>
    public int VideoFrames => checked(Layout.FramesPerLatentFrame * (Frames - 1) + 1);

    /// <summary>Rows of the video, pixels.</summary>
    public int HeightPixels => checked(Layout.PixelsPerCell * Height);

    /// <summary>Columns of the video, pixels.</summary>
    public int WidthPixels => checked(Layout.PixelsPerCell * Width);

    /// <summary>Bytes of the video as rgb24.</summary>
    public int VideoBytes => checked(VideoFrames * HeightPixels * WidthPixels * 3);

    /// <summary>Tokens that a transformer makes of the latents.</summary>
    public int Tokens => checked(Frames * (Height / 2) * (Width / 2));

    /// <summary>Wan latents of a video.</summary>
    /// <param name="videoFrames">Frames, 4k + 1.</param>
    /// <param name="heightPixels">Rows, a multiple of 16.</param>
    /// <param name="widthPixels">Columns, a multiple of 16.</param>
    /// <exception cref="ArgumentException">The video does not have such a size; the message gives the nearest that fit.</exception>
    public static LatentShape ForVideo(int videoFrames, int heightPixels, int widthPixels) =>
        ForVideo(videoFrames, heightPixels, widthPixels, LatentLayout.Wan);

    /// <summary>Latents of a video in a given layout.</summary>
    /// <param name="videoFrames">Frames, 1 more than a multiple of the layout's.</param>
    /// <param name="heightPixels">Rows, a multiple of <see cref="LatentLayout.PixelsPerToken"/>.</param>
    /// <param name="widthPixels">Columns, a multiple of the same.</param>
    /// <param name="layout">What a cell covers.</param>
    /// <exception cref="ArgumentException">The video does not have such a size; the message gives the nearest that fit.</exception>
    public static LatentShape ForVideo(int videoFrames, int heightPixels, int widthPixels, LatentLayout layout)
    {
        int group = layout.FramesPerLatentFrame;
        if (videoFrames < 1 || (videoFrames - 1) % group != 0)
        {
            int below = Math.Max(1, videoFrames - (videoFrames + group - 1) % group);
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A video of {videoFrames} frames has no latents: expected {group}k + 1 frames, for instance {below} or {below + group}."),
                nameof(videoFrames));
        }

        CheckPixels(heightPixels, layout.PixelsPerToken, "high", nameof(heightPixels));
        CheckPixels(widthPixels, layout.PixelsPerToken, "wide", nameof(widthPixels));
        return new LatentShape((videoFrames - 1) / group + 1, heightPixels / layout.PixelsPerCell, widthPixels / layout.PixelsPerCell, layout);
    }

    private static void CheckPixels(int pixels, int token, string direction, string parameter)
    {
        if (pixels >= token && pixels % token == 0) return;
        int below = Math.Max(token, pixels / token * token);
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"A video {pixels} pixels {direction} has no latents: expected a multiple of {token}, as {below} or {below + token}."),
            parameter);
    }
}
