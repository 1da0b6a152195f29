namespace GeoAlign.Rewards;

/// <summary>
/// What the numbers of an ONNX pose network mean: the contract "pose-estimator/1" of GeoAlign, kept in the model's metadata.
/// Nothing of it can be seen from the graph, and nothing of it is guessed.
/// </summary>
/// <remarks>Ours: published exports differ in names, axes, direction and scale, and none says which it has.</remarks>
public sealed record PoseModelConventions
{
    /// <summary>Value of the metadata key "geoalign.contract".</summary>
    public const string Contract = "pose-estimator/1";

    /// <summary>Name of the image input. Always "images" under the contract.</summary>
    public string InputName { get; init; } = "images";

    /// <summary>Width of the input; null: that of the input's shape, or free.</summary>
    public int? WidthPixels { get; init; }

    /// <summary>Height of the input; null: that of the input's shape, or free.</summary>
    public int? HeightPixels { get; init; }

    /// <summary>Side of a patch; matters where the size is free.</summary>
    public int PatchPixels { get; init; } = 14;

    /// <summary>Numbers of the input.</summary>
    public PixelNormalisation Normalisation { get; init; } = PixelNormalisation.Unit;

    /// <summary>How frames get to the input's size.</summary>
    public ResizeMode Resize { get; init; } = ResizeMode.CoverLanczosBicubic;

    /// <summary>Form of the poses; null: by the names and shapes of the outputs, quaternions as x, y, z, w.</summary>
    public PoseFormat? Format { get; init; }

    /// <summary>Which way the poses go.</summary>
    public PoseDirection Direction { get; init; } = PoseDirection.CameraToWorld;

    /// <summary>Camera axes of the poses.</summary>
    public PoseAxes Axes { get; init; } = PoseAxes.OpenCv;

    /// <summary>What the length of the translations means.</summary>
    public TranslationScale Scale { get; init; } = TranslationScale.Metric;

    /// <summary>Fewest frames of a video.</summary>
    public int MinFrames { get; init; } = 1;

    /// <summary>Most frames of a video; 0: any number.</summary>
    public int MaxFrames { get; init; }

    /// <summary>What the model says it is.</summary>
    public string? ModelName { get; init; }

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public PoseModelConventions Validated()
    {
        List<string> errors = [];
        if (string.IsNullOrEmpty(InputName)) errors.Add($"{nameof(InputName)} is empty");
        if (WidthPixels is { } width && width < 1) errors.Add($"{nameof(WidthPixels)} is {width}, must be at least 1");
        if (HeightPixels is { } height && height < 1) errors.Add($"{nameof(HeightPixels)} is {height}, must be at least 1");
        if (PatchPixels < 1) errors.Add($"{nameof(PatchPixels)} is {PatchPixels}, must be at least 1");
        if (MinFrames < 0) errors.Add($"{nameof(MinFrames)} is {MinFrames}, must be 0 or more");
        if (MaxFrames < 0 || (MaxFrames > 0 && MaxFrames < MinFrames)) errors.Add($"{nameof(MaxFrames)} is {MaxFrames}, must be 0 (any) or at least {nameof(MinFrames)} ({MinFrames})");
        if (errors.Count > 0) throw new ArgumentException("PoseModelConventions: " + string.Join("; ", errors) + ".");
        Normalisation.Validated();
        return this;
    }
}
