namespace GeoAlign.Geometry;

/// <summary>Settings of <see cref="TrajectoryRescaler"/>. The guards are ours: the paper does not give ε or any limit.</summary>
public sealed record RescaleOptions
{
    /// <summary>Every step scaled, forward motion stays forward: our default for new training runs.</summary>
    public static RescaleOptions Default { get; } = new();

    /// <summary>Eq. 13 and 14 of Geo-Align (arXiv 2605.23903); wrapped clips are unwrapped and reported.</summary>
    public static RescaleOptions Paper { get; } = new() { Rotation = RotationScaling.RelativeLog, Translation = TranslationScaling.WorldFrame };

    /// <summary>How rotations are scaled.</summary>
    public RotationScaling Rotation { get; init; } = RotationScaling.Increments;

    /// <summary>How camera centres are scaled.</summary>
    public TranslationScaling Translation { get; init; } = TranslationScaling.BodyFrame;

    /// <summary>What a wrap of <see cref="RotationScaling.RelativeLog"/> leads to.</summary>
    public WrapResponse WhenRotationWraps { get; init; } = WrapResponse.Unwrap;

    /// <summary>ε of <c>s = τ / (v + ε)</c> (eq. 12), metres and radians per frame.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>v_min in metres per frame: a slower camera counts as standing still and gets factor 0.</summary>
    public double MinimumTranslationMetresPerFrame { get; init; } = 1e-4;

    /// <summary>v_min in radians per frame: a slower camera counts as not turning and gets factor 0.</summary>
    public double MinimumRotationRadiansPerFrame { get; init; } = 1e-4;

    /// <summary>Upper limit of both factors.</summary>
    public double MaximumFactor { get; init; } = 100;

    /// <summary>
    /// A clip is rejected when its fastest step exceeds this many times its median step (or times v_min, if that is larger), since
    /// one bad pose would freeze the rest. Positive infinity switches the check off.
    /// </summary>
    public double MaximumJumpRatio { get; init; } = 8;

    /// <summary>
    /// Share of steps that the speed v of a clip bounds: 1 is the maximum of eq. 8 and 9; slightly less ignores single bad steps, whose
    /// scaled speed then exceeds τ.
    /// </summary>
    public double SpeedQuantile { get; init; } = 1;

    /// <summary>A step of the scaled rotation above this many times <c>s · v</c> (= τ, up to ε and the cap) counts as a wrap.</summary>
    public double WrapRatio { get; init; } = 1.5;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public RescaleOptions Validated()
    {
        List<string> errors = [];
        if (!Enum.IsDefined(Rotation)) errors.Add($"{nameof(Rotation)} is {Rotation}, no known mode");
        if (!Enum.IsDefined(Translation)) errors.Add($"{nameof(Translation)} is {Translation}, no known mode");
        if (!Enum.IsDefined(WhenRotationWraps)) errors.Add($"{nameof(WhenRotationWraps)} is {WhenRotationWraps}, no known response");
        if (!(Epsilon >= 0 && Epsilon < 1)) errors.Add($"{nameof(Epsilon)} is {Epsilon}, must be in [0, 1)");
        if (!(MinimumTranslationMetresPerFrame > 0 && double.IsFinite(MinimumTranslationMetresPerFrame)))
            errors.Add($"{nameof(MinimumTranslationMetresPerFrame)} is {MinimumTranslationMetresPerFrame}, must be positive and finite");
        if (!(MinimumRotationRadiansPerFrame > 0 && double.IsFinite(MinimumRotationRadiansPerFrame)))
            errors.Add($"{nameof(MinimumRotationRadiansPerFrame)} is {MinimumRotationRadiansPerFrame}, must be positive and finite");
        if (!(MaximumFactor > 0 && double.IsFinite(MaximumFactor))) errors.Add($"{nameof(MaximumFactor)} is {MaximumFactor}, must be positive and finite");
        if (!(MaximumJumpRatio > 1)) errors.Add($"{nameof(MaximumJumpRatio)} is {MaximumJumpRatio}, must be above 1");
        if (!(SpeedQuantile > 0 && SpeedQuantile <= 1)) errors.Add($"{nameof(SpeedQuantile)} is {SpeedQuantile}, must be in (0, 1]");
        if (!(WrapRatio > 1)) errors.Add($"{nameof(WrapRatio)} is {WrapRatio}, must be above 1");
        return errors.Count == 0 ? this : throw new ArgumentException("RescaleOptions: " + string.Join("; ", errors) + ".");
    }
}
