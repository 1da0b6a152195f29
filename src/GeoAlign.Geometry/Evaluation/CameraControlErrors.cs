namespace GeoAlign.Geometry;

/// <summary>
/// Errors of the CameraCtrl, MotionCtrl and CamI2V family: <b>sums</b> over frames of poses relative to the first. Not comparable with
/// <see cref="ReDirectorErrors"/>, which are means. Immutable.
/// </summary>
/// <remarks>
/// RotErr = Σ angle(R_iᵀR̂_i), radians; TransErr = Σ‖t_i − t̂_i‖ (CameraCtrl's paper squares each term); CamMC (MotionCtrl) = Σ of the Frobenius norm
/// of the difference of the 3×4 matrices. ReCamMaster's table belongs to this family.
/// </remarks>
public sealed class CameraControlErrors
{
    private readonly double[] _rotation, _translation, _camMc;

    private CameraControlErrors(TranslationNormalisation normalisation, double[] rotation, double[] translation, double[] camMc) =>
        (Normalisation, _rotation, _translation, _camMc) = (normalisation, rotation, translation, camMc);

    /// <summary>How centres were scaled.</summary>
    public TranslationNormalisation Normalisation { get; }

    /// <summary>RotErr: sum of the angles, radians.</summary>
    public double RotationErrorRadians => _rotation.Sum();

    /// <summary>TransErr: sum of the distances; metres without normalisation, no unit otherwise.</summary>
    public double TranslationError => _translation.Sum();

    /// <summary>TransErr with squared terms.</summary>
    public double SquaredTranslationError => _translation.Sum(d => d * d);

    /// <summary>CamMC: rotation and translation in one norm; no unit.</summary>
    public double CamMc => _camMc.Sum();

    /// <summary>Angle in each frame, radians.</summary>
    public ReadOnlySpan<double> FrameRotationRadians => _rotation;

    /// <summary>Distance in each frame.</summary>
    public ReadOnlySpan<double> FrameTranslation => _translation;

    /// <summary>Norm of the difference of the 3×4 matrices in each frame.</summary>
    public ReadOnlySpan<double> FrameCamMc => _camMc;

    /// <summary>Compares an estimated path with its target; each may have its own world.</summary>
    /// <param name="estimated">Estimated camera-to-world poses.</param>
    /// <param name="target">Target poses of the same frames.</param>
    /// <param name="normalisation">How centres are scaled first.</param>
    /// <param name="epsilon">Added to the largest distance before dividing; CamI2V takes 1e-9. A path that does not move stays at 0.</param>
    /// <exception cref="ArgumentException">The numbers of poses differ.</exception>
    public static CameraControlErrors Between(
        CameraTrajectory estimated, CameraTrajectory target, TranslationNormalisation normalisation, double epsilon = 1e-9)
    {
        if (estimated.Count != target.Count)
            throw new ArgumentException($"{estimated.Count} estimated poses for {target.Count} target poses; pair the frames before comparing.", nameof(estimated));
        if (!(epsilon >= 0 && double.IsFinite(epsilon)))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Must be finite and not negative.");

        CameraTrajectory e = estimated.RelativeToFirst(), t = target.RelativeToFirst();
        (double estimatedSize, double targetSize) = normalisation switch
        {
            TranslationNormalisation.None => (1, 1),
            TranslationNormalisation.OwnMaximum => (Size(e, epsilon), Size(t, epsilon)),
            TranslationNormalisation.TargetMaximum => (Size(t, epsilon), Size(t, epsilon)),
            _ => throw new ArgumentOutOfRangeException(nameof(normalisation), normalisation, "No such normalisation."),
        };

        double[] rotation = new double[t.Count], translation = new double[t.Count], camMc = new double[t.Count];
        for (int i = 0; i < t.Count; i++)
        {
            PoseDifference difference = new(
                SO3.GeodesicDistance(t[i].Rotation, e[i].Rotation),
                Vector3d.Distance(t[i].Translation / targetSize, e[i].Translation / estimatedSize));
            rotation[i] = difference.AngleRadians;
            translation[i] = difference.DistanceMetres;
            camMc[i] = difference.Relation(PoseRelation.FullTransformation);             // ‖R − R̂‖ = ‖RᵀR̂ − I‖
        }

        return new(normalisation, rotation, translation, camMc);
    }

    private static double Size(CameraTrajectory relative, double epsilon)
    {
        double size = relative.Max(pose => pose.Translation.Length) + epsilon;
        return size > 0 ? size : 1;
    }
}
