using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Sizes of a ReDirector diffusion transformer. The defaults are those of the released 1.3B network.</summary>
/// <remarks>
/// Wan2.1 1.3B (widths, heads, layers), Wan2.1-Fun-V1.1 Control-Camera (image tokens, camera adapter), ReDirector (camera phases).
/// </remarks>
public sealed record RedirectorConfig
{
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

    /// <summary>Width D of a token inside the network.</summary>
    public int Width { get; init; } = 1536;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init; } = 12;

    /// <summary>Transformer blocks.</summary>
    public int Layers { get; init; } = 30;

    /// <summary>Hidden width of the feed-forward layers.</summary>
    public int FeedForwardWidth { get; init; } = 8960;

    /// <summary>Numbers in the sinusoidal embedding of the timestep; even.</summary>
    public int TimeWidth { get; init; } = 256;

    /// <summary>Width of a text feature.</summary>
    public int TextWidth { get; init; } = 4096;

    /// <summary>
    /// Text features per prompt; shorter prompts are filled up with zeros, which the network attends to. 0 for a network without text
    /// and, as it has no image input either, without cross-attention.
    /// </summary>
    public int TextTokens { get; init; } = 512;

    /// <summary>Width of an image feature, or null for a network without image input.</summary>
    public int? ImageWidth { get; init; } = 1280;

    /// <summary>What a latent cell covers; the released network works on Wan's latents.</summary>
    public LatentLayout Latents { get; init; } = LatentLayout.Wan;

    /// <summary>What the numbers at the output mean.</summary>
    public RedirectorOutput Output { get; init; } = RedirectorOutput.Velocity;

    /// <summary>Base of the rotary frequencies; small grids are told apart better by a small one.</summary>
    public double RotaryBase { get; init; } = 10000;

    /// <summary>Channels of the patch embedding; those beyond the latents' own meet zeros (16 of 32 in the released network).</summary>
    public int InputChannels { get; init; } = 32;

    /// <summary>ε of every normalisation but those of the image embedding.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Whether the network is told a prompt.</summary>
    public bool HasText => TextTokens > 0;

    /// <summary>Width of one head.</summary>
    public int HeadWidth => Width / Heads;

    /// <summary>Rotary pairs of a head that turn with the row; as many turn with the column.</summary>
    public int RowPairs => HeadWidth / 3 / 2;

    /// <summary>Rotary pairs of a head that turn with the frame: what rows and columns leave over.</summary>
    public int FramePairs => HeadWidth / 2 - 2 * RowPairs;

    /// <summary>Rotary pairs of a head that the camera phases turn: rows and columns.</summary>
    public int PhasePairs => 2 * RowPairs;

    /// <summary>Throws one exception that lists every bad size.</summary>
    /// <exception cref="ArgumentException">A size is impossible.</exception>
    public RedirectorConfig Validated()
    {
        List<string> errors = [];
        foreach ((string name, int value) in new[]
        {
            (nameof(Width), Width), (nameof(Heads), Heads), (nameof(Layers), Layers), (nameof(FeedForwardWidth), FeedForwardWidth),
            (nameof(TimeWidth), TimeWidth), (nameof(TextWidth), TextWidth),             (nameof(ImageWidth), ImageWidth ?? 1),
        })
        {
            if (value < 1) errors.Add(Text($"{name} is {value}, must be ≥ 1"));
        }

        if (TextTokens < 0) errors.Add(Text($"{nameof(TextTokens)} is {TextTokens}, must be ≥ 0"));
        if (TextTokens == 0 && ImageWidth is not null) errors.Add(Text($"{nameof(TextTokens)} is 0, but the network has image input, which comes with text"));
        if (errors.Count == 0)
        {
            if (TimeWidth % 2 != 0) errors.Add(Text($"{nameof(TimeWidth)} is {TimeWidth}, must be even"));
            if (Width % Heads != 0) errors.Add(Text($"{nameof(Width)} {Width} is not a multiple of {nameof(Heads)} {Heads}"));
            // Wan's split of a head into axes works only where d and ⌊d/3⌋ are even; 12, 14, 18, 20, 24, 26, 30, 32, …, 128.
            else if (HeadWidth % 2 != 0 || HeadWidth / 3 % 2 != 0 || RowPairs < 1)
                errors.Add(Text($"a head of width {HeadWidth} has no split into frame, row and column pairs"));
        }

        if (Latents.Channels < 1 || Latents.PixelsPerCell < 1 || Latents.FramesPerLatentFrame < 1)
            errors.Add(Text($"{nameof(Latents)} is {Latents}, every number must be ≥ 1"));
        if (InputChannels < Latents.Channels) errors.Add(Text($"{nameof(InputChannels)} is {InputChannels}, must be ≥ {Latents.Channels}"));
        if (!Enum.IsDefined(Output)) errors.Add(Text($"{nameof(Output)} is {Output}, expected Velocity or Data"));
        if (!(RotaryBase > 1 && double.IsFinite(RotaryBase))) errors.Add(Text($"{nameof(RotaryBase)} is {RotaryBase}, must be > 1"));
        if (!(Epsilon > 0 && Epsilon < 1)) errors.Add(Text($"{nameof(Epsilon)} is {Epsilon}, must be in (0, 1)"));
        return errors.Count == 0 ? this : throw new ArgumentException($"{nameof(RedirectorConfig)}: {string.Join("; ", errors)}.");

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
