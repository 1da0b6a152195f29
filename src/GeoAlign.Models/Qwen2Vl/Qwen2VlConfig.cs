using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Sizes of a Qwen2-VL network. The defaults are those of Qwen2-VL-2B-Instruct.</summary>
/// <remarks>
/// Wang et al. 2024, "Qwen2-VL" (arXiv 2409.12191), and the configurations published with its weights. Patches of 14×14 pixels and two
/// frames, and the joining of 2×2 patches, are the same in all releases and fixed here.
/// </remarks>
public sealed record Qwen2VlConfig
{
    /// <summary>Rows and columns of patches that become one token, and their product.</summary>
    internal const int MergedSide = 2, MergedPatches = MergedSide * MergedSide;

    /// <summary>Axes of a position: time, row, column.</summary>
    internal const int Axes = 3;

    /// <summary>Qwen2-VL-2B-Instruct: 2,208,985,600 parameters.</summary>
    public static Qwen2VlConfig Release2B { get; } = new();

    /// <summary>Qwen2-VL-7B-Instruct: 8,291,375,616 parameters, its output layer among them.</summary>
    public static Qwen2VlConfig Release7B { get; } = new()
    {
        VocabularySize = 152_064, Width = 3584, Heads = 28, KeyHeads = 4, FeedForwardWidth = 18_944,
    };

    /// <summary>The smallest useful network, for tests: 3 layers of width 48, 6 heads over 2, 2 vision layers of width 32, 200 embeddings.</summary>
    public static Qwen2VlConfig Tiny { get; } = new()
    {
        VocabularySize = 200, Width = 48, Layers = 3, Heads = 6, KeyHeads = 2, FeedForwardWidth = 96, RotarySections = new(2, 1, 1),
        VisionWidth = 32, VisionLayers = 2, VisionHeads = 2, VisionFeedForwardWidth = 128, ImageTokenId = 192, VideoTokenId = 193, PadTokenId = 189,
    };

    /// <summary>Rows of the token embedding.</summary>
    public int VocabularySize { get; init; } = 151_936;

    /// <summary>Width of a token.</summary>
    public int Width { get; init; } = 1536;

    /// <summary>Layers of the decoder.</summary>
    public int Layers { get; init; } = 28;

    /// <summary>Query heads.</summary>
    public int Heads { get; init; } = 12;

    /// <summary>Key and value heads; each serves <see cref="Heads"/> / <see cref="KeyHeads"/> neighbouring query heads.</summary>
    public int KeyHeads { get; init; } = 2;

    /// <summary>Hidden width of the decoder's feed-forward layers.</summary>
    public int FeedForwardWidth { get; init; } = 8960;

    /// <summary>θ of the decoder's rotary positions.</summary>
    public double RotaryBase { get; init; } = 1e6;

    /// <summary>How many frequencies turn with time, row and column. Their sum is half a head's width.</summary>
    public Qwen2VlRotarySections RotarySections { get; init; } = new(16, 24, 24);

    /// <summary>ε of every normalisation, in the decoder and in the vision tower.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Width of a patch in the vision tower.</summary>
    public int VisionWidth { get; init; } = 1280;

    /// <summary>Layers of the vision tower.</summary>
    public int VisionLayers { get; init; } = 32;

    /// <summary>Attention heads of the vision tower.</summary>
    public int VisionHeads { get; init; } = 16;

    /// <summary>Hidden width of the vision tower's feed-forward layers.</summary>
    public int VisionFeedForwardWidth { get; init; } = 5120;

    /// <summary>Id of the token that stands for a piece of an image (<c>&lt;|image_pad|&gt;</c>).</summary>
    public int ImageTokenId { get; init; } = 151_655;

    /// <summary>Id of the token that stands for a piece of a video (<c>&lt;|video_pad|&gt;</c>).</summary>
    public int VideoTokenId { get; init; } = 151_656;

    /// <summary>Id that fills shorter sequences of a batch (<c>&lt;|endoftext|&gt;</c>).</summary>
    public int PadTokenId { get; init; } = 151_643;

    /// <summary>Width of one head of the decoder.</summary>
    public int HeadWidth => Width / Heads;

    /// <summary>Width of one head of the vision tower.</summary>
    public int VisionHeadWidth => VisionWidth / VisionHeads;

    /// <summary>Throws one exception that lists every bad size.</summary>
    /// <exception cref="ArgumentException">A size is impossible.</exception>
    public Qwen2VlConfig Validated()
    {
        List<string> errors = [];
        foreach ((string name, int value) in new[]
        {
            (nameof(VocabularySize), VocabularySize), (nameof(Width), Width), (nameof(Layers), Layers), (nameof(Heads), Heads),
            (nameof(KeyHeads), KeyHeads), (nameof(FeedForwardWidth), FeedForwardWidth), (nameof(VisionWidth), VisionWidth),
            (nameof(VisionLayers), VisionLayers), (nameof(VisionHeads), VisionHeads), (nameof(VisionFeedForwardWidth), VisionFeedForwardWidth),
        })
        {
            if (value < 1) errors.Add(Text($"{name} is {value}, must be ≥ 1"));
        }

        if (errors.Count == 0)
        {
            if (Width % (2 * Heads) != 0) errors.Add(Text($"{nameof(Width)} {Width} is not a multiple of twice {nameof(Heads)} {Heads}"));
            if (Heads % KeyHeads != 0) errors.Add(Text($"{nameof(Heads)} {Heads} is not a multiple of {nameof(KeyHeads)} {KeyHeads}"));
            if (VisionWidth % (4 * VisionHeads) != 0)
                errors.Add(Text($"{nameof(VisionWidth)} {VisionWidth} is not a multiple of four times {nameof(VisionHeads)} {VisionHeads}"));
            if (RotarySections.Sum != HeadWidth / 2)
                errors.Add(Text($"{nameof(RotarySections)} {RotarySections} do not add up to {HeadWidth / 2}, half a head's width"));
            foreach ((string name, int id) in new[]
            {
                (nameof(ImageTokenId), ImageTokenId), (nameof(VideoTokenId), VideoTokenId), (nameof(PadTokenId), PadTokenId),
            })
            {
                if (id < 0 || id >= VocabularySize) errors.Add(Text($"{name} is {id}, must be in [0, {VocabularySize})"));
            }
        }

        if (!(RotaryBase > 1 && double.IsFinite(RotaryBase))) errors.Add(Text($"{nameof(RotaryBase)} is {RotaryBase}, must be above 1"));
        if (!(Epsilon > 0 && Epsilon < 1)) errors.Add(Text($"{nameof(Epsilon)} is {Epsilon}, must be in (0, 1)"));
        return errors.Count == 0 ? this : throw new ArgumentException($"{nameof(Qwen2VlConfig)}: {string.Join("; ", errors)}.");

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
