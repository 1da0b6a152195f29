using GeoAlign.Geometry;

namespace GeoAlign.Miniature;

/// <summary>What a judge says about one generated clip. Errors are means over the generated frames; nothing is aligned unless the name says so.</summary>
internal sealed record ClipJudgement
{
    /// <summary>Poses found, relative to the known start: the identity, then one per generated frame.</summary>
    public required CameraTrajectory Estimated { get; init; }

    /// <summary>TransErr: mean distance to the camera centres asked for, metres.</summary>
    public required double TranslationErrorMetres { get; init; }

    /// <summary>RotErr: mean angle to the rotations asked for, degrees.</summary>
    public required double RotationErrorDegrees { get; init; }

    /// <summary>
    /// As <see cref="TranslationErrorMetres"/> after the clip's own best scale, <c>Σ t̂·t / Σ t̂·t̂</c>: what is left is wrong direction. For diagnosis only.
    /// </summary>
    public required double ScaleAlignedTranslationErrorMetres { get; init; }

    /// <summary>κ: <c>Σ t̂·t / Σ t·t</c>, how much of the translation asked for was made; 1 is metric. Null when none was asked for.</summary>
    public required double? TranslationScale { get; init; }

    /// <summary>ρ: the same for rotation vectors. Null when no rotation was asked for.</summary>
    public required double? RotationScale { get; init; }

    /// <summary>Root mean square difference of the frames to the room seen from the poses found; pixels in [−1, 1].</summary>
    public required double ResidualRms { get; init; }

    /// <summary>Gradient energy of the frames / that of the room seen from the poses found; 1 is as sharp as the room.</summary>
    public required double Sharpness { get; init; }

    /// <summary>Compares poses found with those asked for.</summary>
    /// <param name="estimated">Relative poses, the first the identity; at least 2.</param>
    /// <param name="requested">As many.</param>
    /// <param name="residualRms">See <see cref="ResidualRms"/>.</param>
    /// <param name="sharpness">See <see cref="Sharpness"/>.</param>
    public static ClipJudgement Of(CameraTrajectory estimated, CameraTrajectory requested, double residualRms, double sharpness)
    {
        double[] generated = FrameWeights.Uniform(requested.Count);
        generated[0] = 0;
        TrajectoryError error = TrajectoryError.Between(estimated, requested, generated);
        double scale = MetricPathComparison.Between(estimated, requested).ScaleToTarget ?? 1;
        CameraTrajectory scaled = new([.. estimated.Select(pose => pose with { Translation = scale * pose.Translation })]);

        return new()
        {
            Estimated = estimated,
            TranslationErrorMetres = error.TranslationMetres,
            RotationErrorDegrees = double.RadiansToDegrees(error.RotationRadians),
            ScaleAlignedTranslationErrorMetres = TrajectoryError.Between(scaled, requested, generated).TranslationMetres,
            TranslationScale = Ratio(estimated, requested, pose => pose.Translation),
            RotationScale = Ratio(estimated, requested, pose => pose.Rotation.Log()),
            ResidualRms = residualRms,
            Sharpness = sharpness,
        };
    }

    private static double? Ratio(CameraTrajectory estimated, CameraTrajectory requested, Func<SE3, Vector3d> part)
    {
        double product = 0, squares = 0;
        for (int k = 0; k < requested.Count; k++)
        {
            product += Vector3d.Dot(part(estimated[k]), part(requested[k]));
            squares += part(requested[k]).LengthSquared;
        }

        return squares > 1e-12 ? product / squares : null;
    }
}
