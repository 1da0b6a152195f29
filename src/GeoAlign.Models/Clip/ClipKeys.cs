using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Which weights of a CLIP file the image encoder leaves alone.</summary>
internal static class ClipKeys
{
    /// <summary>
    /// Whether a key is known and not needed: the text encoder, the scale between texts and images, the last block and what follows it.
    /// </summary>
    public static bool IsUnneeded(string name, ClipConfig config)
    {
        string lastBlock = string.Create(CultureInfo.InvariantCulture, $"visual.transformer.{config.Layers - 1}.");
        return name is "log_scale" or "visual.head"
            || name.StartsWith("textual.", StringComparison.Ordinal)
            || name.StartsWith("visual.post_norm.", StringComparison.Ordinal)
            || name.StartsWith(lastBlock, StringComparison.Ordinal);
    }
}
