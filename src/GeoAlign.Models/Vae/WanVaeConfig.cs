using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Sizes of a Wan2.1 video autoencoder. The default is that of the released network.</summary>
/// <remarks>
/// What the latents fix is not an option: 16 channels, 8 pixels per cell, 4 frames per latent frame. Levels are 1, 2, 4 and 4 times as
/// wide as the base; two residual blocks per level on the way down, three on the way up (Wan2.1 <c>vae.py</c>).
/// </remarks>
public sealed record WanVaeConfig
{
    /// <summary>What <see cref="LatentLayout.Wan"/> says, as constants.</summary>
    internal const int LatentChannels = 16, PixelsPerCell = 8, FramesPerLatentFrame = 4;

    /// <summary>Residual blocks of a level of the encoder; the decoder has one more.</summary>
    internal const int BlocksPerLevel = 2;

    /// <summary>The released network: 126,892,531 parameters.</summary>
    public static WanVaeConfig Release { get; } = new();

    /// <summary>The smallest useful network, for tests: base width 3.</summary>
    public static WanVaeConfig Tiny { get; } = new() { Width = 3 };

    /// <summary>Channels of the level at full resolution.</summary>
    public int Width { get; init; } = 96;

    /// <summary>Channels of each level, full resolution first.</summary>
    internal long[] LevelWidths => [Width, 2L * Width, 4L * Width, 4L * Width];

    /// <summary>Throws for an impossible size.</summary>
    /// <exception cref="ArgumentException">The width is not positive.</exception>
    public WanVaeConfig Validated() => Width >= 1
        ? this
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"{nameof(WanVaeConfig)}: {nameof(Width)} is {Width}, must be ≥ 1."));
}
