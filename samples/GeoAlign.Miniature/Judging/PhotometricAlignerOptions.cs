namespace GeoAlign.Miniature;

/// <summary>Settings of <see cref="PhotometricAligner"/>.</summary>
internal sealed record PhotometricAlignerOptions
{
    /// <summary>Multiples a of the requested translation around which pictures are linearised; the rotation vector is multiplied by (1 + a)/2.</summary>
    public IReadOnlyList<double> Multiples { get; init; } = [0.4, 0.6, 0.8, 1];

    /// <summary>Ridge on metres: added to the diagonal of JᵀJ, a sum over all pixels and channels.</summary>
    public double RidgePerSquareMetre { get; init; } = 1;

    /// <summary>Ridge on radians.</summary>
    public double RidgePerSquareRadian { get; init; } = 3;

    /// <summary>Penalty on squared metres of the step when the linearisation points are weighed against each other.</summary>
    public double DistancePenalty { get; init; } = 0.03;

    /// <summary>The same for squared radians.</summary>
    public double AnglePenalty { get; init; } = 0.06;

    /// <summary>Temperature of the soft minimum over linearisation points, in units of the mean squared residual.</summary>
    public double Temperature { get; init; } = 0.003;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public PhotometricAlignerOptions Validated()
    {
        List<string> errors = [];
        if (Multiples.Count == 0 || !Multiples.All(double.IsFinite)) errors.Add($"{nameof(Multiples)} must be finite numbers, at least one");
        RequirePositive(RidgePerSquareMetre, nameof(RidgePerSquareMetre), errors);
        RequirePositive(RidgePerSquareRadian, nameof(RidgePerSquareRadian), errors);
        RequirePositive(Temperature, nameof(Temperature), errors);
        if (!(DistancePenalty >= 0 && double.IsFinite(DistancePenalty))) errors.Add($"{nameof(DistancePenalty)} is {DistancePenalty}, must be finite and ≥ 0");
        if (!(AnglePenalty >= 0 && double.IsFinite(AnglePenalty))) errors.Add($"{nameof(AnglePenalty)} is {AnglePenalty}, must be finite and ≥ 0");
        return errors.Count == 0 ? this : throw new ArgumentException("PhotometricAlignerOptions: " + string.Join("; ", errors) + ".");
    }

    private static void RequirePositive(double value, string name, List<string> errors)
    {
        if (!(value > 0 && double.IsFinite(value))) errors.Add($"{name} is {value}, must be finite and above 0");
    }
}
