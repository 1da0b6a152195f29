namespace GeoAlign.Geometry;

/// <summary>
/// How far an estimated camera path is from its target, frame by frame, in metres and radians: D_trans and D_rot of Geo-Align
/// (arXiv 2605.23903) eq. 3 and 4. Immutable.
/// </summary>
/// <remarks>
/// Both paths are anchored to their first pose, <c>T_0⁻¹ T_i</c>; nothing else is aligned, and above all no scale: the right shape at half
/// the speed is an error. Frame 0 has error 0 by construction. The angle is <c>2·atan2(‖v‖, |w|)</c> of the relative quaternion, which is
/// exact at 0 and at π, where the arccos of eq. 4 loses half of the digits.
/// </remarks>
public sealed class TrajectoryError
{
    private readonly double[] _translation;
    private readonly double[] _rotation;

    private TrajectoryError(double[] translation, double[] rotation, ReadOnlySpan<double> weights)
    {
        (_translation, _rotation) = (translation, rotation);
        double total = 0;
        for (int i = 0; i < translation.Length; i++)
        {
            total += weights[i];
            WeightedSumTranslationMetres += weights[i] * translation[i];
            WeightedSumRotationRadians += weights[i] * rotation[i];
        }

        TranslationMetres = WeightedSumTranslationMetres / total;
        RotationRadians = WeightedSumRotationRadians / total;
    }

    /// <summary><c>Σ w_i ‖t_i − t̂_i‖ / Σ w_i</c>: comparable between paths of different length.</summary>
    public double TranslationMetres { get; }

    /// <summary><c>Σ w_i ∠(R_iᵀ R̂_i) / Σ w_i</c>: comparable between paths of different length.</summary>
    public double RotationRadians { get; }

    /// <summary>D_trans of eq. 3 as written: the weighted sum.</summary>
    public double WeightedSumTranslationMetres { get; }

    /// <summary>D_rot of eq. 4 as written: the weighted sum.</summary>
    public double WeightedSumRotationRadians { get; }

    /// <summary>Distance of the anchored camera centres in each frame, metres.</summary>
    public ReadOnlySpan<double> FrameTranslationMetres => _translation;

    /// <summary>Angle between the anchored rotations in each frame, in [0, π], radians.</summary>
    public ReadOnlySpan<double> FrameRotationRadians => _rotation;

    /// <summary>Compares two paths with weights <c>(i + 1)/N</c>.</summary>
    /// <exception cref="ArgumentException">The frame counts differ.</exception>
    public static TrajectoryError Between(CameraTrajectory estimated, CameraTrajectory target) =>
        Between(estimated, target, FrameWeights.Linear(target.Count));

    /// <summary>Compares two paths, each given in its own world.</summary>
    /// <param name="estimated">Estimated poses of the generated video.</param>
    /// <param name="target">Target poses of the same frames.</param>
    /// <param name="frameWeights">w: one finite, non-negative number per frame, not all zero; see <see cref="FrameWeights"/>.</param>
    /// <exception cref="ArgumentException">The frame counts differ, or a weight is bad.</exception>
    public static TrajectoryError Between(CameraTrajectory estimated, CameraTrajectory target, ReadOnlySpan<double> frameWeights)
    {
        if (estimated.Count != target.Count)
            throw new ArgumentException($"{estimated.Count} estimated poses for {target.Count} target poses; pair the frames before comparing.", nameof(estimated));
        ThrowUnlessWeights(frameWeights, target.Count);

        double[] translation = new double[target.Count];
        double[] rotation = new double[target.Count];
        SE3 estimatedAnchor = estimated[0].Inverse(), targetAnchor = target[0].Inverse();
        for (int i = 1; i < translation.Length; i++)
        {
            SE3 e = estimatedAnchor * estimated[i], t = targetAnchor * target[i];
            translation[i] = Vector3d.Distance(e.Translation, t.Translation);
            rotation[i] = e.Rotation == t.Rotation ? 0 : SO3.GeodesicDistance(e.Rotation, t.Rotation);     // equal paths: 0, not 1e-17
        }

        return new(translation, rotation, frameWeights);
    }

    private static void ThrowUnlessWeights(ReadOnlySpan<double> weights, int frames)
    {
        if (weights.Length != frames) throw new ArgumentException($"{weights.Length} frame weights for {frames} frames.", nameof(weights));
        double total = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && double.IsFinite(weights[i])))
                throw new ArgumentException($"Frame weight {i} is {weights[i]}, expected a finite number that is not negative.", nameof(weights));
            total += weights[i];
        }

        if (!(total > 0)) throw new ArgumentException("All frame weights are zero.", nameof(weights));
    }
}
