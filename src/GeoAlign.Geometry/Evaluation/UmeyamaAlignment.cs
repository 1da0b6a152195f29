namespace GeoAlign.Geometry;

/// <summary>
/// The similarity <c>x ↦ s·R·x + t</c> that brings estimated points closest to reference points in the least-squares sense: S. Umeyama,
/// "Least-squares estimation of transformation parameters between two point patterns", IEEE TPAMI 13(4), 1991, eq. 40–43.
/// </summary>
/// <remarks>
/// <c>Σ = (1/n) Σ (y − ȳ)(x − x̄)ᵀ = U D Vᵀ</c>, <c>R = U S Vᵀ</c> with S = diag(1, 1, det U·det V), <c>s = tr(D S)/σ_x²</c>, <c>t = ȳ − s·R·x̄</c>;
/// x estimated, y reference. A reflection never fits: mirrored paths keep an error. Degenerate input is named, not guessed: the fit is then one
/// of many that are equally good, or has no scale at all.
/// </remarks>
public sealed class UmeyamaAlignment
{
    // Below these a spread is rounding: coordinates carry 1e-16 of their size, and centring adds a few such errors.
    private const double StaticShare = 1e-12, StaticMetres = 1e-15, RankShare = 1e-14;

    // evo's limit for a singular value of Σ, the machine epsilon.
    private const double RankMetresSquared = 2.220446049250313e-16;

    private UmeyamaAlignment(double scale, SO3 rotation, Vector3d translation, AlignmentDegeneracy degeneracy) =>
        (Scale, Rotation, Translation, Degeneracy) = (scale, rotation, translation, degeneracy);

    /// <summary>s; 1 when the scale was not fitted, NaN when the estimate does not move.</summary>
    public double Scale { get; }

    /// <summary>R.</summary>
    public SO3 Rotation { get; }

    /// <summary>t, in the unit of the reference; NaN when the scale is.</summary>
    public Vector3d Translation { get; }

    /// <summary>Whether, and why, the points do not determine the fit.</summary>
    public AlignmentDegeneracy Degeneracy { get; }

    /// <summary>Fits the camera centres of an estimated path to those of its reference.</summary>
    /// <param name="estimated">Path that is to be moved.</param>
    /// <param name="reference">Path with as many poses.</param>
    /// <param name="withScale">Whether s is fitted (Sim(3)) or 1 (SE(3)).</param>
    /// <exception cref="ArgumentException">The numbers of poses differ.</exception>
    public static UmeyamaAlignment Between(CameraTrajectory estimated, CameraTrajectory reference, bool withScale) =>
        Between(Array.ConvertAll(estimated.CameraToWorld.ToArray(), pose => pose.Translation),
            Array.ConvertAll(reference.CameraToWorld.ToArray(), pose => pose.Translation), withScale);

    /// <summary>Fits points to points.</summary>
    /// <param name="estimated">x: points that are to be moved.</param>
    /// <param name="reference">y: as many points.</param>
    /// <param name="withScale">Whether s is fitted or 1.</param>
    /// <exception cref="ArgumentException">No point, different numbers of points, or a point that is not finite.</exception>
    public static UmeyamaAlignment Between(ReadOnlySpan<Vector3d> estimated, ReadOnlySpan<Vector3d> reference, bool withScale)
    {
        if (estimated.Length != reference.Length || estimated.IsEmpty)
            throw new ArgumentException($"{estimated.Length} estimated points for {reference.Length} reference points; expected as many, and at least 1.", nameof(estimated));
        Spread x = Spread.Of(estimated, nameof(estimated)), y = Spread.Of(reference, nameof(reference));

        Matrix3d sum = Matrix3d.Zero;
        for (int i = 0; i < estimated.Length; i++) sum += Matrix3d.Outer(reference[i] - y.Mean, estimated[i] - x.Mean);
        NearestRotation nearest = NearestRotation.To(1.0 / estimated.Length * sum);      // U S Vᵀ and the diagonal of D S

        AlignmentDegeneracy degeneracy =
            x.IsStatic ? AlignmentDegeneracy.EstimateStatic
            : y.IsStatic ? AlignmentDegeneracy.ReferenceStatic
            : nearest.Sigma2 <= Math.Max(RankMetresSquared, RankShare * nearest.Sigma1) ? AlignmentDegeneracy.Collinear
            : AlignmentDegeneracy.None;
        double scale = !withScale ? 1 : x.IsStatic ? double.NaN : (nearest.Sigma1 + nearest.Sigma2 + nearest.Sigma3) / x.Variance;
        return new(scale, nearest.Rotation, y.Mean - scale * (nearest.Rotation * x.Mean), degeneracy);
    }

    /// <summary>The fit as a similarity.</summary>
    public Sim3 Transform => new(Scale, Rotation, Translation);

    /// <summary>Moves a point: <c>s·R·p + t</c>.</summary>
    public Vector3d Apply(Vector3d point) => Scale * (Rotation * point) + Translation;

    /// <summary>Moves a camera-to-world pose: its centre as a point, its axes by R.</summary>
    public SE3 Apply(SE3 cameraToWorld) => new(Rotation * cameraToWorld.Rotation, Apply(cameraToWorld.Translation));

    private readonly record struct Spread(Vector3d Mean, double Variance, bool IsStatic)
    {
        public static Spread Of(ReadOnlySpan<Vector3d> points, string name)
        {
            Vector3d sum = Vector3d.Zero;
            double size = 0;
            for (int i = 0; i < points.Length; i++)
            {
                if (!points[i].IsFinite) throw new ArgumentException($"Point {i} is {points[i]}, expected finite numbers.", name);
                sum += points[i];
                size = Math.Max(size, points[i].Length);
            }

            Vector3d mean = sum / points.Length;
            double squares = 0, reach = 0;
            foreach (Vector3d point in points)
            {
                double squared = (point - mean).LengthSquared;
                squares += squared;
                reach = Math.Max(reach, squared);
            }

            return new(mean, squares / points.Length, Math.Sqrt(reach) <= StaticMetres + StaticShare * size);
        }
    }
}
