using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Sizes of a Wan2.1 diffusion transformer. The defaults are those of text-to-video 1.3B.</summary>
public record WanConfig
{
    /// <summary>Wan2.1 text-to-video 1.3B: 1,418,996,800 parameters.</summary>
    public static WanConfig TextToVideo1300M { get; } = new();

    /// <summary>Wan2.1 text-to-video 14B: width 5120, 40 heads, 40 layers.</summary>
    public static WanConfig TextToVideo14B { get; } = new() { Width = 5120, Heads = 40, Layers = 40, FeedForwardWidth = 13824 };

    /// <summary>Wan2.1-Fun-V1.1 Control-Camera 1.3B: image tokens and camera adapter; 1,616,313,152 parameters.</summary>
    public static WanConfig FunControlCamera1300M { get; } = new() { InputChannels = 32, ImageWidth = 1280, ControlCamera = true };

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
    public int? ImageWidth { get; init; }

    /// <summary>What a latent cell covers; the released networks work on Wan's latents.</summary>
    public LatentLayout Latents { get; init; } = LatentLayout.Wan;

    /// <summary>What the numbers at the output mean.</summary>
    public RedirectorOutput Output { get; init; } = RedirectorOutput.Velocity;

    /// <summary>Base of the rotary frequencies; small grids are told apart better by a small one.</summary>
    public double RotaryBase { get; init; } = 10000;

    /// <summary>
    /// Channels of the patch embedding: 16 in text-to-video, 32 in the Control-Camera networks, whose upper half takes a second latent
    /// stacked on the noisy one, or zeros.
    /// </summary>
    public int InputChannels { get; init; } = 16;

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

    /// <summary>Whether the network has the camera adapter of Fun Control-Camera.</summary>
    public bool ControlCamera { get; init; }

    /// <summary>Whether camera maps enter through an adapter that is added to the patches.</summary>
    internal virtual bool HasControlAdapter => ControlCamera;

    /// <summary>Whether self-attention turns its queries, keys, values and result by camera phases (ReDirector).</summary>
    internal virtual bool HasCameraPhases => false;

    /// <summary>Whether each block encodes the camera poses and adds them to the input of self-attention (ReCamMaster).</summary>
    internal virtual bool HasPoseEncoder => false;

    /// <summary>Throws one exception that lists every bad size.</summary>
    /// <exception cref="ArgumentException">A size is impossible.</exception>
    public WanConfig Validated()
    {
        List<string> errors = [];
        foreach ((string name, int value) in new[]
        {
            (nameof(Width), Width), (nameof(Heads), Heads), (nameof(Layers), Layers), (nameof(FeedForwardWidth), FeedForwardWidth),
            (nameof(TimeWidth), TimeWidth), (nameof(TextWidth), TextWidth),
            (nameof(ImageWidth), ImageWidth ?? 1),
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
        return errors.Count == 0 ? this : throw new ArgumentException($"{GetType().Name}: {string.Join("; ", errors)}.");

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
