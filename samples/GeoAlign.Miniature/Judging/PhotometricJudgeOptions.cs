namespace GeoAlign.Miniature;

/// <summary>Settings of <see cref="PhotometricJudge"/>.</summary>
internal sealed record PhotometricJudgeOptions
{
    /// <summary>Multiples of the requested translation that are tried as starts.</summary>
    public IReadOnlyList<double> TranslationStarts { get; init; } = [0.2, 0.4, 0.6, 0.8, 1, 1.2];

    /// <summary>Multiples of the requested rotation vector that are tried with each of them.</summary>
    public IReadOnlyList<double> RotationStarts { get; init; } = [0.6, 1];

    /// <summary>Gauss-Newton steps on blurred pictures, at most.</summary>
    public int BlurredIterations { get; init; } = 5;

    /// <summary>Gauss-Newton steps on sharp pictures after that, at most; either search ends early once a step is below 10 µm and 10 µrad or none helps.</summary>
    public int Iterations { get; init; } = 6;

    /// <summary>Clips judged at the same time. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public PhotometricJudgeOptions Validated()
    {
        List<string> errors = [];
        if (TranslationStarts.Count == 0 || !TranslationStarts.All(double.IsFinite)) errors.Add($"{nameof(TranslationStarts)} must be finite numbers, at least one");
        if (RotationStarts.Count == 0 || !RotationStarts.All(double.IsFinite)) errors.Add($"{nameof(RotationStarts)} must be finite numbers, at least one");
        if (BlurredIterations < 0) errors.Add($"{nameof(BlurredIterations)} is {BlurredIterations}, must be ≥ 0");
        if (Iterations < 1) errors.Add($"{nameof(Iterations)} is {Iterations}, must be ≥ 1");
        if (Threads < 1) errors.Add($"{nameof(Threads)} is {Threads}, must be ≥ 1");
        return errors.Count == 0 ? this : throw new ArgumentException("PhotometricJudgeOptions: " + string.Join("; ", errors) + ".");
    }
}
