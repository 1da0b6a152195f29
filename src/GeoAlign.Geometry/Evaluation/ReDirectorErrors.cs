namespace GeoAlign.Geometry;

/// <summary>
/// RotErr and TransErr as ReDirector (arXiv 2511.19827) and Geo-Align report them, in exact double arithmetic. Immutable.
/// </summary>
/// <remarks>
/// Both are blind on purpose: RotErr to a global rotation, TransErr to a similarity. <b>TransErr has no scale</b>: the right shape at a third of the
/// distance scores 0, and a target that only turns scores 0 whatever the estimate does. <see cref="MetricPathComparison"/> measures what is missed.
/// </remarks>
public sealed record ReDirectorErrors
{
    /// <summary>Mean over all pairs i ≠ j of the angle between <c>R_iᵀR_j</c> of target and estimate, degrees.</summary>
    public required double RotationErrorDegrees { get; init; }

    /// <summary>
    /// Mean distance of target and similarity-aligned estimate, divided by the largest distance between two target centres + 1e-6; no unit.
    /// Null when the estimate does not move: the original then divides 0 by 0.
    /// </summary>
    public required double? TranslationError { get; init; }

    /// <summary>
    /// Whether the alignment was determined. A collinear or static target still has an error, a static estimate has none.
    /// </summary>
    public required AlignmentDegeneracy Degeneracy { get; init; }

    /// <summary>Compares an estimated path with its target; each may have its own world.</summary>
    /// <param name="estimated">At least 2 camera-to-world poses.</param>
    /// <param name="target">Target poses of the same frames.</param>
    /// <exception cref="ArgumentException">Fewer than 2 poses, or their numbers differ.</exception>
    public static ReDirectorErrors Between(CameraTrajectory estimated, CameraTrajectory target)
    {
        ThrowUnlessPairs(estimated, target);
        (double? translation, AlignmentDegeneracy degeneracy) = TranslationOf(
            Array.ConvertAll(estimated.CameraToWorld.ToArray(), pose => pose.Translation),
            Array.ConvertAll(target.CameraToWorld.ToArray(), pose => pose.Translation));
        return new() { RotationErrorDegrees = RotationDegrees(estimated, target), TranslationError = translation, Degeneracy = degeneracy };
    }

    /// <summary>
    /// As <see cref="Between"/>, with the rounding of the original: float32 poses, and angles from arccos of a float32 trace.
    /// </summary>
    /// <remarks>Identical paths get about 0.001…0.008° here, as in published tables.</remarks>
    /// <inheritdoc cref="Between"/>
    public static ReDirectorErrors BetweenInFloat32(CameraTrajectory estimated, CameraTrajectory target)
    {
        ThrowUnlessPairs(estimated, target);
        (double? translation, AlignmentDegeneracy degeneracy) = TranslationOf(
            Array.ConvertAll(estimated.CameraToWorld.ToArray(), pose => Rounded(pose.Translation)),
            Array.ConvertAll(target.CameraToWorld.ToArray(), pose => Rounded(pose.Translation)));
        return new() { RotationErrorDegrees = Float32RotationError.MeanDegrees(estimated, target), TranslationError = translation, Degeneracy = degeneracy };
    }

    /// <summary>Both numbers with the two decimals that the original writes per video, before any average.</summary>
    public ReDirectorErrors RoundedAsPublished() => this with
    {
        RotationErrorDegrees = TwoDecimals(RotationErrorDegrees),
        TranslationError = TranslationError is { } error ? TwoDecimals(error) : null,
    };

    // As Python rounds: to the nearest of the binary number itself (0.015 lies below its middle), a true middle to even. The product's own
    // rounding can move a number onto the middle but not across it; the exact rest of the product says on which side it was.
    private static double TwoDecimals(double value)
    {
        double hundredfold = 100 * value, rounded = Math.Round(hundredfold, MidpointRounding.ToEven);
        double rest = Math.FusedMultiplyAdd(100, value, -hundredfold), fraction = hundredfold - Math.Floor(hundredfold);
        if (fraction == 0.5 && rest != 0) rounded = rest > 0 ? Math.Ceiling(hundredfold) : Math.Floor(hundredfold);
        return rounded / 100;
    }

    // With D_i = P_i G_iᵀ the angle of a pair is that between D_i and D_j.
    private static double RotationDegrees(CameraTrajectory estimated, CameraTrajectory target)
    {
        SO3[] d = new SO3[target.Count];
        for (int i = 0; i < d.Length; i++) d[i] = estimated[i].Rotation * target[i].Rotation.Inverse();
        double sum = 0;
        for (int i = 0; i < d.Length; i++)
            for (int j = i + 1; j < d.Length; j++)
                sum += SO3.GeodesicDistance(d[i], d[j]);
        return 180 / Math.PI * sum / (0.5 * d.Length * (d.Length - 1.0));
    }

    private static (double? Error, AlignmentDegeneracy Degeneracy) TranslationOf(Vector3d[] estimated, Vector3d[] target)
    {
        UmeyamaAlignment fit = UmeyamaAlignment.Between(estimated, target, withScale: true);
        if (fit.Degeneracy == AlignmentDegeneracy.EstimateStatic) return (null, fit.Degeneracy);
        double largest = 0, sum = 0;
        for (int i = 0; i < target.Length; i++)
        {
            sum += Vector3d.Distance(target[i], fit.Apply(estimated[i]));
            for (int j = i + 1; j < target.Length; j++) largest = Math.Max(largest, (target[i] - target[j]).LengthSquared);
        }

        return (sum / target.Length / (Math.Sqrt(largest) + 1e-6), fit.Degeneracy);
    }

    private static Vector3d Rounded(Vector3d v) => new((float)v.X, (float)v.Y, (float)v.Z);

    private static void ThrowUnlessPairs(CameraTrajectory estimated, CameraTrajectory target)
    {
        if (estimated.Count != target.Count)
            throw new ArgumentException($"{estimated.Count} estimated poses for {target.Count} target poses; make the target path with as many frames.", nameof(estimated));
        if (target.Count < 2) throw new ArgumentException("RotErr compares pairs of frames; expected at least 2 poses.", nameof(target));
    }
}
