using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>
/// Gives a camera path a chosen top speed in metres and in radians per frame (Geo-Align, arXiv 2605.23903, section 3.4). Pure.
/// </summary>
/// <remarks>
/// <c>s_trans = τ_trans / (v_trans + ε)</c>, <c>s_rot = τ_rot / (v_rot + ε)</c> (eq. 12) with the path's own top speeds v (eq. 8, 9). The
/// path is first made relative to its first frame, since eq. 14 would otherwise depend on the arbitrary world. τ comes from the caller.
/// </remarks>
public static class TrajectoryRescaler
{
    /// <summary>Rescales a path.</summary>
    /// <param name="trajectory">Camera-to-world poses in any world and unit of length; at least two.</param>
    /// <param name="topTranslationMetresPerFrame">τ_trans: the longest step of the result.</param>
    /// <param name="topRotationRadiansPerFrame">τ_rot: the largest turn of the result in one step.</param>
    /// <param name="options">Modes and guards; <see cref="RescaleOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentException">Fewer than two frames, or a bad option.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A top speed is negative or not finite.</exception>
    public static RescaleResult Rescale(
        CameraTrajectory trajectory, double topTranslationMetresPerFrame, double topRotationRadiansPerFrame, RescaleOptions? options = null)
    {
        options = (options ?? RescaleOptions.Default).Validated();
        ThrowUnlessSpeed(topTranslationMetresPerFrame, nameof(topTranslationMetresPerFrame));
        ThrowUnlessSpeed(topRotationRadiansPerFrame, nameof(topRotationRadiansPerFrame));

        TrajectorySpeeds before = TrajectorySpeeds.Of(trajectory);
        double v = before.TranslationQuantileMetresPerFrame(options.SpeedQuantile);
        double w = before.RotationQuantileRadiansPerFrame(options.SpeedQuantile);
        RescaleGuards guards = RescaleGuards.None;
        double translationFactor = Factor(topTranslationMetresPerFrame, v, options.MinimumTranslationMetresPerFrame, options,
            RescaleGuards.TranslationTooSlow, RescaleGuards.TranslationFactorCapped, ref guards);
        double rotationFactor = Factor(topRotationRadiansPerFrame, w, options.MinimumRotationRadiansPerFrame, options,
            RescaleGuards.RotationTooSlow, RescaleGuards.RotationFactorCapped, ref guards);

        RescaleResult result = new()
        {
            TranslationFactor = translationFactor,
            RotationFactor = rotationFactor,
            SpeedsBefore = before,
            RotationMode = options.Rotation,
            Guards = guards | Jumps(before, options),
        };
        if (JumpRejection(result, options) is { } jump) return result with { Rejection = jump };

        CameraTrajectory relative = trajectory.RelativeToFirst();
        SO3[] rotations = ScaledRotations.Of(relative, rotationFactor, result.RotationMode);
        if (Wraps(rotations, rotationFactor * before.MaximumRotationRadiansPerFrame, options))
        {
            result = result with { Guards = result.Guards | RescaleGuards.RotationWrapped };
            if (options.WhenRotationWraps == WrapResponse.Unwrap && result.RotationMode == RotationScaling.RelativeLog)
            {
                result = result with { RotationMode = RotationScaling.RelativeLogUnwrapped };
                rotations = ScaledRotations.Of(relative, rotationFactor, result.RotationMode);
            }

            if (options.WhenRotationWraps != WrapResponse.Keep && Wraps(rotations, rotationFactor * before.MaximumRotationRadiansPerFrame, options))
                return result with { Rejection = $"The scaled logarithm of the rotation jumps in mode {result.RotationMode}; mode {RotationScaling.Increments} has no such jump." };
        }

        CameraTrajectory scaled = Assemble(relative, rotations, translationFactor, options.Translation);
        return result with { Trajectory = scaled, SpeedsAfter = TrajectorySpeeds.Of(scaled) };
    }

    private static double Factor(
        double top, double speed, double minimum, RescaleOptions options, RescaleGuards slow, RescaleGuards capped, ref RescaleGuards guards)
    {
        if (speed < minimum)
        {
            guards |= slow;
            return 0;
        }

        double factor = top / (speed + options.Epsilon);
        if (factor <= options.MaximumFactor) return factor;
        guards |= capped;
        return options.MaximumFactor;
    }

    private static RescaleGuards Jumps(TrajectorySpeeds speeds, RescaleOptions options)
    {
        double usualTranslation = Math.Max(speeds.MedianTranslationMetresPerFrame, options.MinimumTranslationMetresPerFrame);
        double usualRotation = Math.Max(speeds.MedianRotationRadiansPerFrame, options.MinimumRotationRadiansPerFrame);
        return (speeds.MaximumTranslationMetresPerFrame > options.MaximumJumpRatio * usualTranslation ? RescaleGuards.TranslationJump : 0)
             | (speeds.MaximumRotationRadiansPerFrame > options.MaximumJumpRatio * usualRotation ? RescaleGuards.RotationJump : 0);
    }

    private static string? JumpRejection(RescaleResult result, RescaleOptions options)
    {
        TrajectorySpeeds speeds = result.SpeedsBefore;
        if (result.Guards.HasFlag(RescaleGuards.TranslationJump))
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"The longest step is {speeds.MaximumTranslationMetresPerFrame:G4} m, the median step {speeds.MedianTranslationMetresPerFrame:G4} m; expected at most {options.MaximumJumpRatio:G4} times the median.");
        }

        if (result.Guards.HasFlag(RescaleGuards.RotationJump))
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"The largest turn is {speeds.MaximumRotationRadiansPerFrame:G4} rad, the median turn {speeds.MedianRotationRadiansPerFrame:G4} rad; expected at most {options.MaximumJumpRatio:G4} times the median.");
        }

        return null;
    }

    // 1e-12 rad lets the rounding of a path that does not turn pass; every step is then far below any jump.
    private static bool Wraps(SO3[] rotations, double expectedTopRadians, RescaleOptions options)
    {
        for (int i = 1; i < rotations.Length; i++)
        {
            if (SO3.GeodesicDistance(rotations[i - 1], rotations[i]) > options.WrapRatio * expectedTopRadians + 1e-12) return true;
        }

        return false;
    }

    private static CameraTrajectory Assemble(CameraTrajectory relative, SO3[] rotations, double factor, TranslationScaling mode)
    {
        SE3[] poses = new SE3[relative.Count];
        poses[0] = new(rotations[0], Vector3d.Zero);
        for (int i = 1; i < poses.Length; i++)
        {
            Vector3d translation = factor * relative[i].Translation;
            if (mode == TranslationScaling.BodyFrame)
            {
                Vector3d step = relative[i - 1].Rotation.Inverse() * (relative[i].Translation - relative[i - 1].Translation);
                translation = poses[i - 1].Translation + factor * (rotations[i - 1] * step);
            }

            poses[i] = new(rotations[i], translation);
        }

        return new CameraTrajectory(poses, relative.TimestampsSeconds);
    }

    private static void ThrowUnlessSpeed(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, value, "A top speed must be finite and not negative.");
    }
}
