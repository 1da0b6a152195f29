namespace GeoAlign.Geometry;

/// <summary>
/// What the scale-free published metrics miss: how far the camera went, in metres, against how far it should have gone. Immutable. Ours.
/// </summary>
/// <remarks>
/// Both paths are seen from their first pose; no scale is fitted. Ratios are null where they have no meaning: missing is not zero.
/// </remarks>
public sealed record MetricPathComparison
{
    // A shorter path counts as standing still: ratios to it would be ratios to rounding.
    private const double StandingStillMetres = 1e-9;

    /// <summary>Mean over frames of ‖t_i − t̂_i‖ with the first poses aligned and nothing else, metres.</summary>
    public required double MeanTranslationMetres { get; init; }

    /// <summary>Mean over frames of the angle to the target rotation with the first poses aligned, radians.</summary>
    public required double MeanRotationRadians { get; init; }

    /// <summary>Length of the estimated path / length of the target path; below 1: too slow. Null when the target does not move.</summary>
    public required double? PathLengthRatio { get; init; }

    /// <summary>
    /// Path-length ratio of the second half of the clip / that of the first half: 1 when the scale does not drift. Null when a half of the target or
    /// the first half of the estimate does not move.
    /// </summary>
    public required double? ScaleDrift { get; init; }

    /// <summary>
    /// Factor of the estimated centres that brings them closest to the target's, <c>Σ t·t̂ / Σ t̂·t̂</c>. Null when the estimate does not move.
    /// </summary>
    public required double? ScaleToTarget { get; init; }

    /// <summary>
    /// Largest distance of the estimated camera from its start when the target only turns, metres. Null when the target moves.
    /// </summary>
    public required double? ParasiticTranslationMetres { get; init; }

    /// <summary>Compares an estimated path with its target; each may have its own world.</summary>
    /// <param name="estimated">At least 2 camera-to-world poses, metres.</param>
    /// <param name="target">Target poses of the same frames, metres.</param>
    /// <exception cref="ArgumentException">Fewer than 2 poses, or their numbers differ.</exception>
    public static MetricPathComparison Between(CameraTrajectory estimated, CameraTrajectory target)
    {
        TrajectoryError error = TrajectoryError.Between(estimated, target, FrameWeights.Uniform(target.Count));
        ReadOnlySpan<double> estimatedSteps = TrajectorySpeeds.Of(estimated).TranslationMetresPerFrame;
        ReadOnlySpan<double> targetSteps = TrajectorySpeeds.Of(target).TranslationMetresPerFrame;
        int half = targetSteps.Length / 2;
        double? early = Ratio(Sum(estimatedSteps[..half]), Sum(targetSteps[..half]));
        double? late = Ratio(Sum(estimatedSteps[half..]), Sum(targetSteps[half..]));

        CameraTrajectory e = estimated.RelativeToFirst(), t = target.RelativeToFirst();
        double product = 0, squares = 0;
        for (int i = 0; i < t.Count; i++)
        {
            product += Vector3d.Dot(t[i].Translation, e[i].Translation);
            squares += e[i].Translation.LengthSquared;
        }

        return new()
        {
            MeanTranslationMetres = error.TranslationMetres,
            MeanRotationRadians = error.RotationRadians,
            PathLengthRatio = Ratio(Sum(estimatedSteps), Sum(targetSteps)),
            ScaleDrift = late is { } l && early is { } first && Sum(estimatedSteps[..half]) > StandingStillMetres ? l / first : null,
            ScaleToTarget = Sum(estimatedSteps) > StandingStillMetres ? product / squares : null,
            ParasiticTranslationMetres = Sum(targetSteps) > StandingStillMetres ? null : e.Max(pose => pose.Translation.Length),
        };
    }

    private static double? Ratio(double estimated, double target) => target > StandingStillMetres ? estimated / target : null;

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum;
    }
}
