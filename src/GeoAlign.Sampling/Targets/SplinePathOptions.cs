namespace GeoAlign.Sampling;

/// <summary>How <see cref="SplinePaths"/> makes up walking paths. All defaults are ours: a person with a camera in a room or on a street corner.</summary>
public sealed record SplinePathOptions
{
    /// <summary>Control poses of the curve, at least 2. More give more changes of direction. Ours: 6.</summary>
    public int ControlPoses { get; init; } = 6;

    /// <summary>Distance between control poses before it is varied by up to a quarter, metres. Ours: 0.8.</summary>
    public double StepMetres { get; init; } = 0.8;

    /// <summary>The path stays within ± this distance to the left and right of its start. Ours: 3.</summary>
    public double SidewaysBoundMetres { get; init; } = 3;

    /// <summary>The path stays within this distance ahead of and behind its start. Ours: 4.</summary>
    public double ForwardBoundMetres { get; init; } = 4;

    /// <summary>The camera stays within ± this height of its start. Ours: 0.15, a walker's steps and stoops.</summary>
    public double HeightBoundMetres { get; init; } = 0.15;

    /// <summary>Largest change of the walking direction between control poses, degrees. Ours: 45.</summary>
    public double MaximumTurnDegrees { get; init; } = 45;

    /// <summary>Largest angle between the walking direction and where the camera looks, sideways, degrees. Ours: 20.</summary>
    public double MaximumGlanceDegrees { get; init; } = 20;

    /// <summary>Largest tilt up or down, degrees. Ours: 8.</summary>
    public double MaximumTiltDegrees { get; init; } = 8;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public SplinePathOptions Validated()
    {
        List<string> errors = [];
        if (ControlPoses is < 2 or > 1000) errors.Add($"{nameof(ControlPoses)} is {ControlPoses}, must be in [2, 1000]");
        if (!(StepMetres > 0 && double.IsFinite(StepMetres))) errors.Add($"{nameof(StepMetres)} is {StepMetres}, must be positive and finite");
        double widest = 1.25 * StepMetres;
        if (!(SidewaysBoundMetres >= widest && double.IsFinite(SidewaysBoundMetres))) errors.Add($"{nameof(SidewaysBoundMetres)} is {SidewaysBoundMetres}, must hold the longest step, {widest}");
        if (!(ForwardBoundMetres >= widest && double.IsFinite(ForwardBoundMetres))) errors.Add($"{nameof(ForwardBoundMetres)} is {ForwardBoundMetres}, must hold the longest step, {widest}");
        if (!(HeightBoundMetres >= 0 && double.IsFinite(HeightBoundMetres))) errors.Add($"{nameof(HeightBoundMetres)} is {HeightBoundMetres}, must be finite and not negative");
        if (!(MaximumTurnDegrees is >= 0 and <= 90)) errors.Add($"{nameof(MaximumTurnDegrees)} is {MaximumTurnDegrees}, must be in [0, 90]");
        if (!(MaximumGlanceDegrees is >= 0 and <= 90)) errors.Add($"{nameof(MaximumGlanceDegrees)} is {MaximumGlanceDegrees}, must be in [0, 90]");
        if (!(MaximumTiltDegrees is >= 0 and <= 80)) errors.Add($"{nameof(MaximumTiltDegrees)} is {MaximumTiltDegrees}, must be in [0, 80]");
        return errors.Count == 0 ? this : throw new ArgumentException("SplinePathOptions: " + string.Join("; ", errors) + ".");
    }
}
