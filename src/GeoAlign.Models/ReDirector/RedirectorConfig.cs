namespace GeoAlign.Models;

/// <summary>Sizes of a ReDirector diffusion transformer. The defaults are those of the released 1.3B network.</summary>
/// <remarks>
/// Wan2.1 1.3B (widths, heads, layers), Wan2.1-Fun-V1.1 Control-Camera (image tokens, camera adapter), ReDirector (camera phases).
/// </remarks>
public sealed record RedirectorConfig : WanConfig
{
    /// <summary>The sizes of the released network.</summary>
    public RedirectorConfig() => (InputChannels, ImageWidth) = (32, 1280);

    /// <summary>The released network: 1,662,761,792 parameters.</summary>
    public static RedirectorConfig Release { get; } = new();

    /// <summary>The smallest useful network, for tests: 2 layers, width 28, no image input, 8 text tokens of width 20.</summary>
    public static RedirectorConfig Tiny { get; } = new()
    {
        Width = 28, Heads = 2, Layers = 2, FeedForwardWidth = 64, TimeWidth = 64, TextWidth = 20, TextTokens = 8, ImageWidth = null,
    };

    /// <summary>A network that trains on a laptop: 4 layers, width 96, no image input, 8 text tokens of width 32.</summary>
    public static RedirectorConfig Miniature { get; } = new()
    {
        Width = 96, Heads = 3, Layers = 4, FeedForwardWidth = 384, TimeWidth = 64, TextWidth = 32, TextTokens = 8, ImageWidth = null,
    };

    internal override bool HasControlAdapter => true;

    internal override bool HasCameraPhases => true;

    /// <summary>Throws one exception that lists every bad size.</summary>
    /// <exception cref="ArgumentException">A size is impossible.</exception>
    public new RedirectorConfig Validated() => (RedirectorConfig)base.Validated();
}
