using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Sizes of a CLIP image encoder. The defaults are those of open-clip's ViT-H/14: 257 tokens of width 1280.</summary>
public sealed record ClipConfig
{
    /// <summary>The released ViT-H/14.</summary>
    public static ClipConfig Release { get; } = new();

    /// <summary>The smallest useful network, for tests: 3 layers, width 32, 2 heads, 28×28 pixels in patches of 14.</summary>
    public static ClipConfig Tiny { get; } = new() { ImagePixels = 28, Width = 32, Heads = 2, FeedForwardWidth = 128, Layers = 3 };

    /// <summary>Height and width to which an image is resampled.</summary>
    public int ImagePixels { get; init; } = 224;

    /// <summary>Height and width of a patch.</summary>
    public int PatchPixels { get; init; } = 14;

    /// <summary>Width of a token.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 16;

    /// <summary>Hidden width of the feed-forward layers.</summary>
    public int FeedForwardWidth { get; init; } = 5120;

    /// <summary>Transformer blocks of the file. The last one is not used: Wan takes the features that enter it.</summary>
    public int Layers { get; init; } = 32;

    /// <summary>ε of every normalisation.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Tokens of an image: one of its own, then its patches by rows.</summary>
    public int Tokens => 1 + ImagePixels / PatchPixels * (ImagePixels / PatchPixels);

    /// <summary>Throws one exception that lists every bad size.</summary>
    /// <exception cref="ArgumentException">A size is impossible.</exception>
    public ClipConfig Validated()
    {
        List<string> errors = [];
        foreach ((string name, int value, int least) in new[]
        {
            (nameof(ImagePixels), ImagePixels, 1), (nameof(PatchPixels), PatchPixels, 1), (nameof(Width), Width, 1),
            (nameof(Heads), Heads, 1), (nameof(FeedForwardWidth), FeedForwardWidth, 1), (nameof(Layers), Layers, 2),
        })
        {
            if (value < least) errors.Add(Text($"{name} is {value}, must be ≥ {least}"));
        }

        if (PatchPixels > 0 && ImagePixels % PatchPixels != 0)
            errors.Add(Text($"{nameof(ImagePixels)} {ImagePixels} is not a multiple of {nameof(PatchPixels)} {PatchPixels}"));
        if (Heads > 0 && Width % Heads != 0) errors.Add(Text($"{nameof(Width)} {Width} is not a multiple of {nameof(Heads)} {Heads}"));
        if (!(Epsilon > 0 && Epsilon < 1)) errors.Add(Text($"{nameof(Epsilon)} is {Epsilon}, must be in (0, 1)"));
        return errors.Count == 0 ? this : throw new ArgumentException($"{nameof(ClipConfig)}: {string.Join("; ", errors)}.");

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
