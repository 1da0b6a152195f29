using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>The speeds of target paths in a <see cref="DataConfiguration"/>; defaults are those of <see cref="TargetPathOptions"/>.</summary>
public sealed record SpeedConfiguration
{
    /// <summary>Where speeds come from.</summary>
    public TargetSpeed Mode { get; set; }

    /// <summary>Distribution of the top speed, metres per second; left out, the default.</summary>
    public GaussianConfiguration? TranslationMetresPerSecond { get; set; }

    /// <summary>Distribution of the top turning speed, degrees per second; left out, the default.</summary>
    public GaussianConfiguration? RotationDegreesPerSecond { get; set; }

    /// <summary>How rotations are scaled.</summary>
    public RotationScaling Rotation { get; set; } = RescaleOptions.Default.Rotation;

    /// <summary>How camera centres are scaled.</summary>
    public TranslationScaling Translation { get; set; } = RescaleOptions.Default.Translation;

    /// <summary>What a wrap of the rotation's logarithm leads to.</summary>
    public WrapResponse WhenRotationWraps { get; set; } = RescaleOptions.Default.WhenRotationWraps;

    /// <summary>A path is rejected when its fastest step exceeds this many times its median step.</summary>
    public double MaximumJumpRatio { get; set; } = RescaleOptions.Default.MaximumJumpRatio;

    /// <summary>Whether a path that neither moves nor turns is rejected.</summary>
    public bool RejectStatic { get; set; } = true;

    /// <summary>Whether a recording that breaks its format is rejected like a bad path; otherwise the draw fails.</summary>
    public bool RejectUnreadable { get; set; }

    /// <summary>Paths tried before a draw gives up.</summary>
    public int MaximumAttempts { get; set; } = 16;

    internal TargetPathOptions ToOptions(int frames)
    {
        TargetPathOptions defaults = new();
        return new TargetPathOptions
        {
            FrameCount = frames,
            Speed = Mode,
            TranslationMetresPerSecond = TranslationMetresPerSecond?.ToDistribution() ?? defaults.TranslationMetresPerSecond,
            RotationDegreesPerSecond = RotationDegreesPerSecond?.ToDistribution() ?? defaults.RotationDegreesPerSecond,
            Rescale = RescaleOptions.Default with { Rotation = Rotation, Translation = Translation, WhenRotationWraps = WhenRotationWraps, MaximumJumpRatio = MaximumJumpRatio },
            RejectStatic = RejectStatic,
            RejectUnreadable = RejectUnreadable,
            MaximumAttempts = MaximumAttempts,
        };
    }
}
