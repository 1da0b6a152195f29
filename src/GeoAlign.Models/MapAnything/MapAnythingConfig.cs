namespace GeoAlign.Models;

/// <summary>Sizes of a MapAnything network (arXiv 2509.13414) as far as image-only inference uses it.</summary>
public sealed record MapAnythingConfig
{
    /// <summary>facebook/map-anything and map-anything-apache as released since v1.1: 1,142,998,072 numbers without the dense head.</summary>
    public static MapAnythingConfig V11 { get; } = new()
    {
        Encoder = new()
        {
            Width = 1536, Heads = 24, Layers = 24, FeedForward = MapAnythingFeedForward.GatedSilu, FeedForwardWidth = 4096, LayerScale = true,
        },
        EncoderNorm = false,
        Sharing = new()
        {
            Width = 1536, Heads = 24, Layers = 16, FeedForward = MapAnythingFeedForward.GatedSilu, FeedForwardWidth = 4096, LayerScale = true,
        },
        ProjectsTokens = false,
        SharesImageToken = true,
        FirstTap = 7,
        SecondTap = 11,
        Dense = new(),
    };

    /// <summary>The first release of September 2025, facebook/map-anything-v1 and -apache-v1: 481,029,176 numbers without the dense head.</summary>
    public static MapAnythingConfig V1 { get; } = new()
    {
        Encoder = new()
        {
            Width = 1024, Heads = 16, Layers = 24, FeedForward = MapAnythingFeedForward.Gelu, FeedForwardWidth = 4096, LayerScale = true,
        },
        EncoderNorm = true,
        Sharing = new()
        {
            Width = 768, Heads = 12, Layers = 24, FeedForward = MapAnythingFeedForward.Gelu, FeedForwardWidth = 3072, LayerScale = false,
        },
        ProjectsTokens = true,
        SharesImageToken = false,
        FirstTap = 11,
        SecondTap = 17,
        Dense = new(),
    };

    /// <summary>Side of a patch.</summary>
    public int PatchPixels { get; init; } = 14;

    /// <summary>Rows, and columns, of patches in the table of positions. Images with others get interpolated positions.</summary>
    public int PositionGrid { get; init; } = 37;

    /// <summary>The image encoder (DINOv2, Oquab et al. 2023).</summary>
    public required MapAnythingTransformerConfig Encoder { get; init; }

    /// <summary>Whether a layer norm ends the encoder.</summary>
    public required bool EncoderNorm { get; init; }

    /// <summary>The transformer that joins the views. Even blocks attend over all tokens of a scene, odd ones within each view.</summary>
    public required MapAnythingTransformerConfig Sharing { get; init; }

    /// <summary>Whether tokens are projected from the encoder's width to that of the information sharing.</summary>
    public required bool ProjectsTokens { get; init; }

    /// <summary>
    /// Whether each view's image token (cls) takes part in the information sharing. It cannot be seen from the weights.
    /// </summary>
    public required bool SharesImageToken { get; init; }

    /// <summary>Block of the information sharing whose normalised output is the dense head's second input. Not visible in the weights.</summary>
    public required int FirstTap { get; init; }

    /// <summary>Block of the information sharing whose normalised output is the dense head's third input. Not visible in the weights.</summary>
    public required int SecondTap { get; init; }

    /// <summary>Width of the pose head.</summary>
    public int PoseWidth { get; init; } = 784;

    /// <summary>Residual blocks of the pose head.</summary>
    public int PoseBlocks { get; init; } = 2;

    /// <summary>Width of the scale head.</summary>
    public int ScaleWidth { get; init; } = 196;

    /// <summary>Hidden layers of the scale head.</summary>
    public int ScaleLayers { get; init; } = 2;

    /// <summary>The dense head; null when the weights have none.</summary>
    public MapAnythingDenseConfig? Dense { get; init; }

    /// <summary>ε of every normalisation.</summary>
    internal const double Epsilon = 1e-6;

    /// <summary>
    /// Reads the sizes from the weights' names and shapes, and what cannot be seen there from a release's <c>config.json</c>.
    /// </summary>
    /// <remarks>
    /// Without that file: a head for each 64 channels, as all releases have; image tokens are shared unless tokens are projected (v1.1
    /// and v1); the taps at half and three quarters of the depth. The encoder's heads are never in the file. Heads of a width that is no
    /// multiple of 64 come out as 0 and must be set before the sizes can be used.
    /// </remarks>
    /// <param name="weights">Opened weight file, under any of the names the reference gives its tensors.</param>
    /// <param name="configPath">Path of the <c>config.json</c>; null when there is none.</param>
    /// <exception cref="WeightFormatException">A tensor that every MapAnything has is not there, or the file contradicts the weights.</exception>
    public static MapAnythingConfig Detect(IWeightSource weights, string? configPath = null) =>
        new MapAnythingSizes(MapAnythingKeys.Canonical(weights)).Read(configPath is null ? null : ReleaseSettings.Read(configPath));

    /// <summary>Throws one exception that lists every bad size.</summary>
    /// <exception cref="ArgumentException">A size is impossible.</exception>
    public MapAnythingConfig Validated()
    {
        List<string> errors = [.. Encoder.Errors(nameof(Encoder)), .. Sharing.Errors(nameof(Sharing)), .. Dense?.Errors() ?? []];
        foreach ((string name, int value, int least) in new[]
        {
            (nameof(PatchPixels), PatchPixels, 1), (nameof(PositionGrid), PositionGrid, 1), (nameof(PoseWidth), PoseWidth, 1),
            (nameof(PoseBlocks), PoseBlocks, 0), (nameof(ScaleWidth), ScaleWidth, 1), (nameof(ScaleLayers), ScaleLayers, 0),
        })
        {
            if (value < least) errors.Add(FormattableString.Invariant($"{name} is {value}, must be ≥ {least}"));
        }

        if (!ProjectsTokens && Encoder.Width != Sharing.Width)
            errors.Add(FormattableString.Invariant($"Encoder.Width {Encoder.Width} differs from Sharing.Width {Sharing.Width}, and tokens are not projected"));
        if (Dense is not null && !(FirstTap >= 0 && FirstTap < SecondTap && SecondTap < Sharing.Layers))
            errors.Add(FormattableString.Invariant($"{nameof(FirstTap)} {FirstTap} and {nameof(SecondTap)} {SecondTap} must be increasing numbers from 0 to {Sharing.Layers - 1}"));
        return errors.Count == 0 ? this : throw new ArgumentException($"{nameof(MapAnythingConfig)}: {string.Join("; ", errors)}.");
    }
}
