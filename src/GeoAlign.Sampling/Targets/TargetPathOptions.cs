using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>How <see cref="TargetPathSource"/> makes metric target paths.</summary>
/// <remarks>
/// Geo-Align (arXiv 2605.23903) says "human-walking or steady-cam speeds" and gives no number. The defaults are ours: they overlap the speeds
/// the base model was trained on (0.01–0.13 m and 0.06–0.9° per frame at 15 frames per second) and exceed them slightly at the top.
/// </remarks>
public sealed record TargetPathOptions
{
    /// <summary>Frames per path (N), at least 2. 81 in Geo-Align.</summary>
    public int FrameCount { get; init; } = 81;

    /// <summary>Rate of the video that is to follow the path; turns speeds per second into speeds per frame. Ours: 16, the base model's.</summary>
    public FrameRate FrameRate { get; init; } = new(16);

    /// <summary>Distribution of the path's top speed τ_trans (eq. 10), metres per second. Ours: N(0.8, 0.32²) on [0.16, 1.6], a slow walk.</summary>
    public TruncatedGaussian TranslationMetresPerSecond { get; init; } = new(0.8, 0.32, 0.16, 1.6);

    /// <summary>Distribution of the path's top turning speed τ_rot (eq. 11), degrees per second. Ours: N(8, 4²) on [1.6, 19.2], a cinema pan.</summary>
    public TruncatedGaussian RotationDegreesPerSecond { get; init; } = new(8, 4, 1.6, 19.2);

    /// <summary>How a path is scaled to these speeds.</summary>
    public RescaleOptions Rescale { get; init; } = RescaleOptions.Default;

    /// <summary>Whether speeds are drawn. Ours: yes, as the paper does.</summary>
    public TargetSpeed Speed { get; init; }

    /// <summary>Whether a path that neither moves nor turns is rejected; otherwise it becomes a target that stands still. Ours: yes.</summary>
    public bool RejectStatic { get; init; } = true;

    /// <summary>Whether a recording that breaks its format is rejected like a bad path, and said so; otherwise the draw fails. Ours: it fails.</summary>
    public bool RejectUnreadable { get; init; }

    /// <summary>How many paths are tried before a draw gives up, because each was rejected as unusable; 1 to 4096. Ours: 16.</summary>
    public int MaximumAttempts { get; init; } = 16;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public TargetPathOptions Validated()
    {
        List<string> errors = [];
        if (FrameCount < 2) errors.Add($"{nameof(FrameCount)} is {FrameCount}, must be ≥ 2");
        if (!FrameRate.IsKnown) errors.Add($"{nameof(FrameRate)} is not given");
        if (TranslationMetresPerSecond.Minimum < 0) errors.Add($"{nameof(TranslationMetresPerSecond)} is {TranslationMetresPerSecond}, a speed cannot be negative");
        if (RotationDegreesPerSecond.Minimum < 0) errors.Add($"{nameof(RotationDegreesPerSecond)} is {RotationDegreesPerSecond}, a speed cannot be negative");
        if (FrameRate.IsKnown && !(RotationDegreesPerSecond.Maximum < 180 * FrameRate.FramesPerSecond))
            errors.Add($"{nameof(RotationDegreesPerSecond)} is {RotationDegreesPerSecond}, must stay below half a turn per frame ({180 * FrameRate.FramesPerSecond}° per second)");
        if (!Enum.IsDefined(Speed)) errors.Add($"{nameof(Speed)} is {Speed}, no known choice");
        if (MaximumAttempts is < 1 or > 4096) errors.Add($"{nameof(MaximumAttempts)} is {MaximumAttempts}, must be in [1, 4096]");
        try
        {
            Rescale.Validated();
        }
        catch (ArgumentException error)
        {
            errors.Add(error.Message.TrimEnd('.'));
        }

        return errors.Count == 0 ? this : throw new ArgumentException("TargetPathOptions: " + string.Join("; ", errors) + ".");
    }
}
