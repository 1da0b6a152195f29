using GeoAlign.Models;

namespace GeoAlign.Train;

/// <summary>Sizes of all networks. A small network takes the text and image features of whatever encoders are given.</summary>
/// <param name="Network">Diffusion transformer.</param>
/// <param name="Text">Text encoder.</param>
/// <param name="Image">Image encoder.</param>
/// <param name="Vae">Autoencoder.</param>
internal sealed record SystemSizes(RedirectorConfig Network, Umt5Config Text, ClipConfig Image, WanVaeConfig Vae)
{
    // A vocabulary that small tokenizers fit into.
    private const int TinyVocabulary = 384;

    public static SystemSizes Of(SystemSettings settings)
    {
        (Umt5Config text, ClipConfig image, WanVaeConfig vae) = settings.Network == NetworkSize.Tiny
            ? (Umt5Config.Tiny with { VocabularySize = TinyVocabulary }, ClipConfig.Tiny, WanVaeConfig.Tiny)
            : (Umt5Config.Release, ClipConfig.Release, WanVaeConfig.Release);
        if (settings.Network == NetworkSize.Release) return new SystemSizes(RedirectorConfig.Release, text, image, vae);
        RedirectorConfig network = settings.Network == NetworkSize.Tiny ? RedirectorConfig.Tiny : RedirectorConfig.Miniature;
        if (settings.Files.TextEncoder is not null) network = network with { TextWidth = text.Width, TextTokens = text.MostTokens };
        if (settings.Files.ImageEncoder is not null) network = network with { ImageWidth = image.Width };
        return new SystemSizes(network, text, image, vae);
    }
}
